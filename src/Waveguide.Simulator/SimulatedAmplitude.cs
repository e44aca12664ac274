using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator;

/// <summary>
/// A local Amplitude on loopback: the Export API, <c>/api/2/events/list</c>, the User Profile API and, for projects whose
/// data is <see cref="ReceivedEvents"/>, the APIs that clients send events to; at one address per region. Disposing it
/// breaks off what is under way.
/// </summary>
public sealed class SimulatedAmplitude : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _closing = new();
    private readonly RequestLog _log = new();
    private readonly ConcurrencyGate _gate;
    private readonly Router _router;

    private SimulatedAmplitude(SimulatorOptions options)
    {
        _gate = new ConcurrencyGate(options.ConcurrencyLimit);
        _router = new Router(options, _log, _gate);
        _application = Build(options);
        _application.Run(context => AnswerAsync(context, context.RequestAborted));
    }

    /// <summary>Where the projects of <see cref="SimulatedRegion.Us"/> are served.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where the projects of <see cref="SimulatedRegion.Eu"/> are served.</summary>
    public Uri EuAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>Every request so far, in the order they came; a snapshot.</summary>
    public IReadOnlyList<SimulatedRequest> Requests => _log.Snapshot();

    /// <summary>The most requests of one project that were served at the same time.</summary>
    public int PeakConcurrency => _gate.Peak;

    public static async Task<SimulatedAmplitude> StartAsync(
        SimulatorOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var simulated = new SimulatedAmplitude(options);
        try
        {
            await simulated._application.StartAsync(cancellationToken);
        }
        catch
        {
            await simulated.DisposeAsync();
            throw;
        }
        var server = simulated._application.Services.GetRequiredService<IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (simulated.Address, simulated.EuAddress) = (new Uri(addresses[0]), new Uri(addresses[1]));
        return simulated;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _application.DisposeAsync();
        _closing.Dispose();
    }

    private static WebApplication Build(SimulatorOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, options.EuPort);
        });
        return builder.Build();
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var region = context.Connection.LocalPort == EuAddress.Port ? SimulatedRegion.Eu : SimulatedRegion.Us;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
        try
        {
            await _router.AnswerAsync(context, region, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await Answers.TextAsync(context, 500, $"The simulator itself failed: {error}", ending.Token);
        }
    }
}
