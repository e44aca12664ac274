using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Diagnostics;
using Waveguide.Http;
using Waveguide.Simulator;

namespace Waveguide.Tests;

/// <summary>A simulated Amplitude, a warehouse file and the pipeline between them, on a clock of their own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedAmplitude _simulated;

    private Rig(SimulatedAmplitude simulated, ImpatientClock clock)
    {
        _simulated = simulated;
        Clock = clock;
    }

    public ImpatientClock Clock { get; }

    public string Project { get; set; } = "web";

    public string SecretKey { get; set; } = "secret";

    public PipelineOptions Options { get; set; } = new();

    public List<PipelineEvent> Events { get; } = [];

    /// <summary>Told of each event as it happens.</summary>
    public Action<PipelineEvent>? Heard { get; set; }

    /// <summary>Start and end of each export request so far, as sent; both included.</summary>
    public IReadOnlyList<string> Requests =>
        [
            .. _simulated
                .Requests.Where(request => request.Start is not null)
                .Select(request => $"{request.Start}-{request.End}"),
        ];

    public string WarehousePath => _folder.At("warehouse.duckdb");

    public static async Task<Rig> StartAsync(
        IExportData data,
        string now,
        Func<SimulatorOptions, SimulatorOptions>? edit = null
    )
    {
        var clock = new ImpatientClock(DateTimeOffset.Parse(now + "Z"));
        var options = new SimulatorOptions
        {
            Projects =
            [
                new SimulatedProject
                {
                    ApiKey = "key",
                    SecretKey = "secret",
                    Data = data,
                },
            ],
            Clock = clock,
        };
        return new Rig(await SimulatedAmplitude.StartAsync(edit?.Invoke(options) ?? options), clock);
    }

    /// <summary>An event line with this uuid and a few other keys.</summary>
    public static byte[] Line(string uuid, string type = "page") =>
        Encoding.UTF8.GetBytes($$"""{"amplitude_id":7,"event_type":"{{type}}","session_id":-1,"uuid":"{{uuid}}"}""");

    public async Task<RunReport> SyncAsync(
        string from,
        string? until = null,
        bool again = false,
        CancellationToken cancellationToken = default
    )
    {
        using var source = OpenSource();
        await using var destination = OpenWarehouse();
        var pipeline = new Pipeline(source, destination, Options, Clock, new Listener(Hear));
        var request = new RunRequest(UploadHour.Parse(from), until is null ? null : UploadHour.Parse(until), again);
        return await pipeline.RunAsync(EventsTable.Definition, request, cancellationToken);
    }

    public AmplitudeSource OpenSource() =>
        new(
            new AmplitudeOptions
            {
                Project = Project,
                ApiKey = new Secret("key"),
                SecretKey = new Secret(SecretKey),
                Url = _simulated.Address,
                Send = new SendOptions { Stall = TimeSpan.FromMinutes(10) },
                SpoolFolder = _folder.At("spool"),
            },
            new AmplitudePace(Clock),
            Clock,
            NullLogger.Instance,
            new Random(1)
        );

    public DuckDbDestination OpenWarehouse() =>
        DuckDbDestination.Open(new DuckDbDestinationOptions { Path = WarehousePath }, Clock);

    public async Task<Coverage> CoverageAsync()
    {
        await using var destination = OpenWarehouse();
        return await destination.CoverageAsync(Project, EventsTable.Definition, default);
    }

    /// <summary>The first column of the answer.</summary>
    public async Task<IReadOnlyList<object?>> QueryAsync(string sql)
    {
        await using var destination = OpenWarehouse();
        await using var result = await destination.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => row[0]).ToListAsync();
    }

    /// <summary>Files that are left in the spool.</summary>
    public IReadOnlyList<string> Spooled =>
        Directory.Exists(_folder.At("spool"))
            ? [.. Directory.EnumerateFiles(_folder.At("spool"), "*", SearchOption.AllDirectories)]
            : [];

    public async ValueTask DisposeAsync()
    {
        await _simulated.DisposeAsync();
        _folder.Dispose();
    }

    private void Hear(PipelineEvent happened)
    {
        Events.Add(happened);
        Heard?.Invoke(happened);
    }

    private sealed class Listener(Action<PipelineEvent> hear) : IProgress<PipelineEvent>
    {
        public void Report(PipelineEvent value) => hear(value);
    }
}
