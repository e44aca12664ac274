using System.Text;
using Waveguide.Amplitude;
using Waveguide.Tests.Scanning;

namespace Waveguide.Tests.Simulation;

/// <summary>Serves a world's rows, late, in pieces and with every failure that a source may have.</summary>
/// <param name="folder">Where parts are written; null for a destination that is told the rows by <see cref="Rows"/>.</param>
internal sealed class SimulatedSource(World world, string? folder) : ISource
{
    /// <summary>An hour that is too large once is so for ever, which no dice may say.</summary>
    private static readonly SourceFailure[] Failures =
    [
        .. Enum.GetValues<SourceFailure>().Where(failure => failure != SourceFailure.TooLarge),
    ];

    private readonly Dictionary<FetchedSlice, IReadOnlyDictionary<UploadHour, IReadOnlyList<string>>> _delivered = [];
    private int _parts;

    public string Project => "web";

    public IReadOnlyList<Table> Tables { get; } = [EventsTable.Definition];

    public IReadOnlyList<string> Rows(FetchedSlice fetched, UploadHour hour) => _delivered[fetched][hour];

    public ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult<IReadOnlyList<Slice>>([
            .. wanted.SelectMany(range => range.Cut(window)).Select(hours => new Slice(Project, table, hours, window)),
        ]);

    public async Task<FetchedSlice> FetchAsync(Slice slice, CancellationToken cancellationToken)
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
        foreach (var (hour, uuids) in rows)
        {
            world.Serve(hour, uuids);
        }

        var parts = folder is null
            ? []
            : rows.Where(hour => hour.Value.Count > 0).Select(hour => Part(hour.Key, hour.Value));
        world.Held++;
        var fetched = new FetchedSlice(slice, readAt, [.. parts], new Held(world));
        _delivered[fetched] = rows;
        return fetched;
    }

    private FetchedPart Part(UploadHour hour, IReadOnlyList<string> uuids)
    {
        var gzip = Spool.Gzip(
            Encoding.UTF8.GetBytes(string.Concat(uuids.Select(uuid => Encoding.UTF8.GetString(Rig.Line(uuid)) + "\n")))
        );
        var name = $"part-{_parts++}.json.gz";
        var path = Path.Combine(folder!, name);
        File.WriteAllBytes(path, gzip);
        return new FetchedPart(hour, name, path, 0, gzip.Length, new string('0', 64));
    }

    private sealed class Held(World world) : IDisposable
    {
        public void Dispose() => world.Held--;
    }
}
