using Waveguide.Amplitude;

namespace Waveguide.Tests.Simulation;

/// <summary>Serves a world's rows, late, in pieces and with every failure that a source may have.</summary>
/// <param name="disk">Where parts are written; a destination without files is told the rows by <see cref="Rows"/>.</param>
internal sealed class SimulatedSource(World world, SimulatedDisk disk) : ISource
{
    /// <summary>An hour that is too large once is so for ever, which no dice may say.</summary>
    private static readonly SourceFailure[] Failures =
    [
        .. Enum.GetValues<SourceFailure>().Where(failure => failure != SourceFailure.TooLarge),
    ];

    private readonly Dictionary<FetchedSlice, IReadOnlyDictionary<UploadHour, IReadOnlyList<string>>> _delivered = [];
    private readonly Dictionary<FetchedSlice, SourceFailure> _unreadable = [];

    public string Project => "web";

    public IReadOnlyList<Table> Tables { get; } = [EventsTable.Definition];

    /// <exception cref="SourceException">The slice's files are damaged, as a scan would find.</exception>
    public IReadOnlyList<string> Rows(FetchedSlice fetched, UploadHour hour) =>
        _unreadable.TryGetValue(fetched, out var failure)
            ? throw new SourceException(failure, $"simulated: {failure}")
            : _delivered[fetched][hour];

    public ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult<IReadOnlyList<Slice>>([
            .. wanted.SelectMany(range => range.Cut(window)).Select(hours => new Slice(Project, table, hours, window)),
        ]);

    public async Task<FetchedSlice> FetchAsync(Slice slice, SliceContent? content, CancellationToken cancellationToken)
    {
        var readAt = world.Clock.GetUtcNow();
        var waits = world.Dice.Next(5);
        SourceFailure? failure =
            !world.IsCalm && world.Dice.Next(6) == 0 ? Failures[world.Dice.Next(Failures.Length)] : null;
        world.Begin(slice);
        try
        {
            while (waits-- > 0)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            world.End();
        }

        var rows = slice.Hours.Hours().ToDictionary(hour => hour, hour => world.Content(hour, readAt));
        failure ??= rows.Values.Sum(hour => hour.Count) > world.LargestAnswer ? SourceFailure.TooLarge : null;
        return failure is { } reason
            ? throw new SourceException(reason, $"simulated: {reason}")
            : Deliver(slice, readAt, rows);
    }

    private FetchedSlice Deliver(Slice slice, DateTimeOffset readAt, Dictionary<UploadHour, IReadOnlyList<string>> rows)
    {
        var place = disk.Open();
        foreach (var (hour, uuids) in rows)
        {
            world.Serve(hour, uuids);
        }

        List<FetchedPart> parts = [.. rows.SelectMany(hour => disk.Write(place, hour.Key, hour.Value))];
        var fetched = new FetchedSlice(slice, readAt, parts, new Held(world, disk, place));
        _delivered[fetched] = rows;
        if (disk.Strike(parts) is { } failure)
        {
            _unreadable[fetched] = failure;
        }

        return fetched;
    }

    /// <summary>Ends a run; another may follow.</summary>
    public void Dispose() => disk.Dispose();

    private sealed class Held : IDisposable
    {
        private readonly World _world;
        private readonly SimulatedDisk _disk;
        private readonly IDisposable? _place;

        public Held(World world, SimulatedDisk disk, IDisposable? place)
        {
            (_world, _disk, _place) = (world, disk, place);
            world.Held++;
        }

        public void Dispose()
        {
            _world.Held--;
            _disk.Close(_place);
        }
    }
}
