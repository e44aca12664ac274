using System.Text;
using Microsoft.AspNetCore.Http;

namespace Waveguide.Simulator.Http;

internal sealed class Credentials(IReadOnlyList<SimulatedProject> projects)
{
    private const string ApiKeyScheme = "Api-Key ";

    /// <summary>The project of the Basic credentials at this region's address; null if there is none.</summary>
    public SimulatedProject? Basic(HttpRequest request, SimulatedRegion region)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length))
        {
            return null;
        }
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return projects.FirstOrDefault(project =>
            project.Region == region && pair == $"{project.ApiKey}:{project.SecretKey}"
        );
    }

    /// <summary>The project of the header <c>Api-Key KEY</c>; null if there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wellFormed">Whether there is such a header at all.</param>
    public SimulatedProject? Secret(HttpRequest request, out bool wellFormed)
    {
        var header = request.Headers.Authorization.ToString();
        wellFormed = header.StartsWith(ApiKeyScheme, StringComparison.Ordinal) && header.Length > ApiKeyScheme.Length;
        return wellFormed
            ? projects.FirstOrDefault(project =>
                project.Region == SimulatedRegion.Us
                && (project.ProfilesTakeApiKey ? project.ApiKey : project.SecretKey) == header[ApiKeyScheme.Length..]
            )
            : null;
    }
}
