using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator.Traffic;

/// <summary>Makes the files of one upload hour: of the visits that began in it and in the hour before.</summary>
internal sealed class HourMaker(World world, TrafficOptions options)
{
    private static readonly int[][] ShardNumbers =
    [
        [0],
        [627, 70],
        [627, 70, 912],
    ];
    private readonly Rhythm _rhythm = new(options);

    public IReadOnlyList<ExportPart> Make(DateTime hourUtc)
    {
        var numbers = ShardNumbers[ShardCount() - 1];
        var files = Array.ConvertAll(numbers, _ => new PartWriter(options));
        var row = new RowBuffer();
        var writer = new RowWriter(options.Seed, row);
        Walk(
            hourUtc,
            (visitor, key, index, planned) =>
            {
                var dice = new Dice(Dice.Mix(key.Hash(options.Seed, 6), (ulong)index));
                writer.Write(visitor, planned, dice.Uuid(), dice.Uuid());
                files[key.Lane % files.Length].Add(row.Written);
                row.Clear();
            }
        );
        List<ExportPart> parts = [];
        foreach (var (file, number) in files.Zip(numbers))
        {
            using (file)
            {
                if (file.Finish(PartName.Of(options.App, hourUtc, number)) is { } part)
                {
                    parts.Add(part);
                }
            }
        }
        return parts;
    }

    public HourTruth Truth(DateTime hourUtc)
    {
        HashSet<(string Device, long Session)> sessions = [];
        List<Guid> uuids = [];
        var bursts = 0;
        Walk(
            hourUtc,
            (visitor, key, index, planned) =>
            {
                uuids.Add(new Dice(Dice.Mix(key.Hash(options.Seed, 6), (ulong)index)).Uuid());
                bursts += planned.StartsRage ? 1 : 0;
                if (planned.SessionId != -1)
                {
                    sessions.Add((visitor.DeviceId, planned.SessionId));
                }
            }
        );
        return new HourTruth(hourUtc, sessions.Count, bursts, uuids);
    }

    private void Walk(DateTime hourUtc, Action<Visitor, VisitKey, int, PlannedEvent> see)
    {
        var hour = (long)(hourUtc - DateTime.UnixEpoch).TotalHours;
        var planner = new VisitPlanner(world, options, _rhythm);
        List<PlannedEvent> events = [];
        for (var start = hour - 1; start <= hour; start++)
        {
            var visits = _rhythm.Visits(start);
            for (var lane = 0; lane < visits; lane++)
            {
                var key = new VisitKey(start, lane);
                var visitor = planner.Plan(key, events);
                for (var index = 0; index < events.Count; index++)
                {
                    if (events[index].Uploaded / 3_600_000 == hour)
                    {
                        see(visitor, key, index, events[index]);
                    }
                }
            }
        }
    }

    private int ShardCount() =>
        options.Shards > 0 ? Math.Min(options.Shards, ShardNumbers.Length)
        : options.EventsPerDay < 50_000 ? 1
        : options.EventsPerDay < 500_000 ? 2
        : 3;
}
