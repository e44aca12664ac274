using Microsoft.AspNetCore.Http;

namespace Waveguide.Simulator.Receipt;

/// <summary>The projects that take uploads.</summary>
internal sealed class Recipients(SimulatorOptions options)
{
    /// <summary>The project of the key at this region's address; null if there is none or it takes no uploads.</summary>
    public ReceivedEvents? Of(string? apiKey, SimulatedRegion region) =>
        options.Projects.FirstOrDefault(project => project.ApiKey == apiKey && project.Region == region)?.Data
        as ReceivedEvents;

    public Arrival Arrival(HttpContext context, DateTime? clientUpload)
    {
        var now = options.Clock.GetUtcNow().UtcDateTime;
        var received = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return new Arrival(context.Request.Path, address, received, clientUpload ?? received);
    }
}
