using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.Amplitude;
using Waveguide.Diagnostics;
using Waveguide.Http;
using Waveguide.Simulator;

namespace Waveguide.Tests.Sources;

public sealed class ExportApiTests : SourceContract
{
    private readonly MemoryData _served = new() { App = App };
    private SimulatedAmplitude? _amplitude;

    protected override Task PublishAsync(IExportData data, IEnumerable<DateTime> hours)
    {
        foreach (var hour in hours)
        {
            _served.Clear(hour);
            data.Parts(hour).ToList().ForEach(part => _served.Add(hour, part));
        }

        return Task.CompletedTask;
    }

    protected override Task<ISource> OpenAsync() => OpenAsync(FaultScript.None);

    protected override Task<ISource> OpenStalledAsync() =>
        OpenAsync(FaultScript.Of(new FaultRule { Fault = FaultKind.Stall, AfterBytes = 1 << 17 }));

    private async Task<ISource> OpenAsync(FaultScript faults)
    {
        var project = new SimulatedProject
        {
            ApiKey = "key",
            SecretKey = "secret",
            Data = _served,
        };
        _amplitude = await SimulatedAmplitude.StartAsync(
            new SimulatorOptions
            {
                Projects = [project],
                Clock = Clock,
                Faults = faults,
            }
        );
        return new AmplitudeSource(
            new AmplitudeOptions
            {
                Project = "web",
                ApiKey = new Secret("key"),
                SecretKey = new Secret("secret"),
                Url = _amplitude.Address,
                Send = new SendOptions { Stall = TimeSpan.FromMinutes(10) },
                SpoolFolder = SpoolFolder,
            },
            new AmplitudePace(Clock),
            Clock,
            NullLogger.Instance,
            new Random(1)
        );
    }

    public override async ValueTask DisposeAsync()
    {
        if (_amplitude is not null)
        {
            await _amplitude.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
