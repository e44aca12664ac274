using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Properties;
using Waveguide.Simulator;

namespace Waveguide.Tests.Destinations;

/// <summary>The registry of properties in a warehouse, beside a slow model of it.</summary>
public sealed class PropertyRegistryTests(ITestOutputHelper output)
{
    private const int Hours = 30;
    private static readonly DateTime First = new(2025, 7, 8, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_hours_come_are_replaced_and_forgotten_it_holds_what_a_slow_count_finds(int seed)
    {
        seed += Seeds.Asked ?? 0;
        Seeds.Tell(output, $"properties: WAVEGUIDE_SEED={seed}");
        var random = new Random(seed);
        var dice = new PropertyDice(seed);
        var data = new MemoryData();
        var truth = new SortedDictionary<int, IReadOnlyList<string>>();
        await using var rig = await Rig.StartAsync(data, "2025-07-12T00:30:00");
        for (var round = 0; round < 4; round++)
        {
            foreach (var hour in Enumerable.Range(0, Hours).Where(_ => random.Next(3) == 0))
            {
                truth[hour] = Put(data, hour, dice, random.Next(1, 9));
            }

            Assert.Empty((await rig.SyncAsync("2025-07-08", "2025-07-09T06", again: true)).Failed);
            await using var warehouse = rig.OpenWarehouse();
            await warehouse.ReadPropertiesAsync(default);
            Assert.Equal(Slow(truth), await FastAsync(warehouse));

            var gone = random.Next(Hours);
            truth.Remove(gone);
            data.Clear(First.AddHours(gone));
            await warehouse.ForgetAsync(Slice(rig, gone), default);
            await warehouse.ReadPropertiesAsync(default);
            Assert.Equal(Slow(truth), await FastAsync(warehouse));
        }
    }

    [Fact]
    public async Task What_a_run_committed_and_did_not_come_to_count_is_caught_up_by_the_next()
    {
        var data = new MemoryData();
        var dice = new PropertyDice(7);
        var truth = new SortedDictionary<int, IReadOnlyList<string>> { [0] = Put(data, 0, dice, 20) };
        await using var rig = await Rig.StartAsync(data, "2025-07-12T00:30:00");
        await rig.SyncAsync("2025-07-08", "2025-07-08T02");
        await using (var warehouse = rig.OpenWarehouse())
        {
            using var stopped = new CancellationTokenSource();
            await stopped.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => warehouse.ReadPropertiesAsync(stopped.Token));
            Assert.Equal(["20"], await CellsAsync(warehouse, "SELECT count(*) FROM amplitude.events"));
        }

        truth[2] = Put(data, 2, dice, 20);
        await rig.SyncAsync("2025-07-08", "2025-07-08T04");
        await using (var warehouse = rig.OpenWarehouse())
        {
            await warehouse.ReadPropertiesAsync(default);
            Assert.Equal(Slow(truth), await FastAsync(warehouse));
        }
    }

    [Fact]
    public async Task Hours_that_were_counted_are_not_counted_again()
    {
        var data = new MemoryData();
        Put(data, 0, new PropertyDice(3), 20);
        await using var rig = await Rig.StartAsync(data, "2025-07-12T00:30:00");
        await rig.SyncAsync("2025-07-08", "2025-07-09");
        await using var warehouse = rig.OpenWarehouse();
        await warehouse.ReadPropertiesAsync(default);
        await CellsAsync(warehouse, "UPDATE waveguide.property_hours SET count = 1000");
        Assert.Empty(await warehouse.ReadPropertiesAsync(default));
        Assert.Equal(["1000"], await CellsAsync(warehouse, "SELECT max(count) FROM waveguide.property_hours"));
    }

    [Fact]
    public async Task A_count_of_every_event_anew_finds_the_same()
    {
        var data = new MemoryData();
        var truth = new SortedDictionary<int, IReadOnlyList<string>> { [5] = Put(data, 5, new PropertyDice(5), 40) };
        await using var rig = await Rig.StartAsync(data, "2025-07-12T00:30:00");
        await rig.SyncAsync("2025-07-08", "2025-07-09");
        await using var warehouse = rig.OpenWarehouse();
        var counted = await PropertyReader.CountAsync(warehouse, default);
        await warehouse.ReadPropertiesAsync(default);
        Assert.Equal(Slow(truth), Lines(counted));
        Assert.Equal(Lines(await warehouse.PropertiesAsync(default)), Lines(counted));
    }

    private static string[] Put(MemoryData data, int hour, PropertyDice dice, int events)
    {
        var drawn = Enumerable.Range(0, events).Select(_ => dice.Draw()).ToList();
        data.Clear(First.AddHours(hour)).Add(First.AddHours(hour), 0, [.. drawn.Select(one => one.Line)]);
        return [.. drawn.SelectMany(one => one.Seen)];
    }

    private static Slice Slice(Rig rig, int hour) =>
        new(rig.Project, EventsTable.Definition, HourRange.Single(UploadHour.Of(First.AddHours(hour))));

    private static List<string> Slow(SortedDictionary<int, IReadOnlyList<string>> hours)
    {
        var found = new SortedDictionary<string, (int First, int Last, int Count, SortedSet<string> Types)>(
            StringComparer.Ordinal
        );
        foreach (var (hour, seen) in hours)
        {
            foreach (var one in seen)
            {
                var (name, type) = (one[..one.LastIndexOf('|')], one[(one.LastIndexOf('|') + 1)..]);
                var before = found.GetValueOrDefault(name, (hour, hour, 0, []));
                before.Types.Add(type);
                found[name] = (before.First, hour, before.Count + 1, before.Types);
            }
        }

        return
        [
            .. found.Select(one =>
                Line(one.Key, At(one.Value.First), At(one.Value.Last), one.Value.Count, one.Value.Types)
            ),
        ];

        static string At(int hour) => UploadHour.Of(First.AddHours(hour)).ToString();
    }

    private static async Task<List<string>> FastAsync(DuckDbDestination warehouse)
    {
        var view = await CellsAsync(
            warehouse,
            """
            SELECT concat_ws('|', kind, coalesce(event_type, '-'), property) || strftime(first_hour, ' %Y-%m-%dT%H')
                || strftime(last_hour, ' %Y-%m-%dT%H ') || count || ' ' || array_to_string(list_sort(types), ',')
            FROM waveguide.properties
            """
        );
        var read = Lines(await warehouse.PropertiesAsync(default));
        Assert.Equal(read, view.Order(StringComparer.Ordinal));
        return read;
    }

    private static List<string> Lines(PropertySnapshot snapshot) =>
        [
            .. snapshot
                .All.Where(one => one.Name is not null)
                .Select(property =>
                    Line(
                        $"{(property.Kind == PropertyKind.User ? "user" : "event")}|{property.EventType ?? "-"}|{property.Name}",
                        $"{property.First}",
                        $"{property.Last}",
                        property.Count,
                        property.Types.Select(type => type.Name)
                    )
                )
                .Order(StringComparer.Ordinal),
        ];

    private static string Line(string name, string first, string last, long count, IEnumerable<string> types) =>
        $"{name} {first} {last} {count} {string.Join(',', types.Order(StringComparer.Ordinal))}";

    private static async Task<List<string>> CellsAsync(DuckDbDestination warehouse, string sql)
    {
        await using var result = await warehouse.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => $"{row[0]}").ToListAsync();
    }
}
