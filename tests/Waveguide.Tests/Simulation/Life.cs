using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Http;

namespace Waveguide.Tests.Simulation;

/// <summary>The runs of one seed: some with faults, interruptions and leaps of time, then calm ones that must end it.</summary>
internal sealed class Life(int seed)
{
    private readonly World _world = new(seed);
    private int _runs;

    /// <summary>Looks at the destination between two steps, where that takes no step itself.</summary>
    private Action _look = () => { };

    public IReadOnlyList<string> Trace => _world.Trace;

    /// <returns>How many whole runs it had.</returns>
    public async Task<int> InMemoryAsync()
    {
        var source = new SimulatedSource(_world, new SimulatedDisk(_world, root: null));
        var inner = new MemoryDestination(source, _world.Clock);
        _look = () => _world.Check(inner.Coverage, inner.Rows);
        await LiveAsync(source, () => inner, _ => Task.FromResult(inner.Rows));
        return _runs;
    }

    /// <inheritdoc cref="InMemoryAsync"/>
    public async Task<int> OnDiskAsync()
    {
        using var folder = new TemporaryFolder();
        var options = new DuckDbDestinationOptions { Path = folder.At("warehouse.duckdb"), Threads = 1 };
        var spool = folder.At("spool");
        var source = new SimulatedSource(_world, new SimulatedDisk(_world, spool));
        await LiveAsync(source, () => DuckDbDestination.Open(options, _world.Clock), ReadAsync);
        SpoolFolder.RemoveLeft(spool);
        Assert.Empty(Directory.EnumerateDirectories(spool));
        return _runs;
    }

    private async Task LiveAsync(
        SimulatedSource source,
        Func<IDestination> open,
        Func<IDestination, Task<ILookup<UploadHour, string>>> rows
    )
    {
        for (var left = _world.Dice.Next(1, 6); left > 0; left--)
        {
            _world.Again = _world.Dice.Next(10) == 0;
            await RunAsync(source, open, rows);
            _world.Clock.Advance(TimeSpan.FromMinutes(_world.Dice.Next(60 * 30)));
        }

        _world.IsCalm = true;
        _world.Again = false;
        foreach (var wait in new[] { _world.Hours.Count + 3, 54, 0 })
        {
            _world.Clock.Advance(TimeSpan.FromHours(wait));
            await RunAsync(source, open, rows);
            _world.CheckProgress();
        }

        var requests = _world.Requests;
        await RunAsync(source, open, rows);
        Assert.Equal(requests, _world.Requests);
        await using var destination = open();
        _world.CheckEnd(await rows(destination));
    }

    private async Task RunAsync(
        SimulatedSource source,
        Func<IDestination> open,
        Func<IDestination, Task<ILookup<UploadHour, string>>> rows
    )
    {
        _runs++;
        using var thread = new SeededThread(new Random(HashCode(_runs)));
        using var interruption = new CancellationTokenSource();
        var last = !_world.IsCalm && _world.Dice.Next(3) == 0 ? _world.Dice.Next(1, 40) : int.MaxValue;
        var inner = open();
        await using var destination = new FaultyDestination(_world, inner, () => rows(inner));
        var pipeline = new Pipeline(source, destination, new PipelineOptions(), _world.Clock, new Nobody());
        var request = new RunRequest(_world.Hours.From, _world.Hours.Until, _world.Again);
        try
        {
            var report = await thread.Run(
                () => pipeline.RunAsync(EventsTable.Definition, request, interruption.Token),
                step =>
                {
                    _look();
                    if (step == last)
                    {
                        interruption.Cancel();
                    }
                }
            );
            _world.Trace.Add($"end {report.Hours} hours, {report.Failed.Count} failed");
        }
        catch (WaveguideException reason) when (!_world.IsCalm)
        {
            _world.Trace.Add($"end by {reason.Message}");
        }

        Assert.Equal(0, _world.Held);
        source.Dispose();
    }

    private int HashCode(int run) => unchecked((seed * 397) ^ run);

    private static async Task<ILookup<UploadHour, string>> ReadAsync(IDestination destination)
    {
        var tables = await FirstAsync(destination, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'events'");
        var rows = tables[0] is 0L
            ? []
            : await FirstAsync(
                destination,
                "SELECT strftime(_upload_hour, '%Y-%m-%dT%H ') || uuid FROM amplitude.events"
            );
        return rows.Cast<string>()
            .Select(row => row.Split(' '))
            .ToLookup(row => UploadHour.Parse(row[0]), row => row[1]);
    }

    private static async Task<List<object?>> FirstAsync(IDestination destination, string sql)
    {
        await using var result = await destination.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => row[0]).ToListAsync();
    }

    private sealed class Nobody : IProgress<PipelineEvent>
    {
        public void Report(PipelineEvent value) { }
    }
}
