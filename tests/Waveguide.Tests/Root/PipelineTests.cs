using Waveguide.Amplitude;
using Waveguide.Simulator;

namespace Waveguide.Tests.Root;

/// <summary>The pipeline between the real source and a real warehouse, against the simulator.</summary>
public sealed class PipelineTests
{
    private static readonly DateTime Day = new(2025, 7, 9, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_first_run_loads_every_hour_and_a_second_run_asks_for_nothing()
    {
        await using var rig = await Rig.StartAsync(Days(2), "2025-08-01T00:30");
        var report = await rig.SyncAsync("2025-07-09", "2025-07-11");
        Assert.Equal((48, 48L, 0), (report.Hours, report.Tally.Rows, report.Failed.Count));
        Assert.Equal(["20250709T00-20250709T23", "20250710T00-20250710T23"], rig.Requests.Order());
        var again = await rig.SyncAsync("2025-07-09", "2025-07-11");
        Assert.Empty(again.Plan.Slices);
        Assert.Equal(2, rig.Requests.Count);
        Assert.Equal([48L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
        Assert.Empty(rig.Spooled);
    }

    [Fact]
    public async Task No_hour_is_asked_for_before_it_is_safe()
    {
        await using var rig = await Rig.StartAsync(Days(1), "2025-07-09T09:59:59");
        var report = await rig.SyncAsync("2025-07-09");
        Assert.Equal(["20250709T00-20250709T06"], rig.Requests);
        Assert.Equal(7, report.Tally.Rows);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.SyncAsync("2025-07-09");
        Assert.Equal("20250709T07-20250709T07", rig.Requests[^1]);
    }

    [Fact]
    public async Task A_range_that_lies_in_the_future_asks_for_nothing()
    {
        await using var rig = await Rig.StartAsync(Days(1), "2025-07-09T02:00");
        var report = await rig.SyncAsync("2025-07-10");
        Assert.True(report.Plan.Wanted.IsEmpty);
        Assert.Empty(rig.Requests);
    }

    [Fact]
    public async Task Hours_without_data_are_loaded_with_no_rows()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2025-08-01T00:00");
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        var coverage = await rig.CoverageAsync();
        Assert.Equal(24, coverage.Records.Count(record => record is { State: HourState.Confirmed, Tally.Rows: 0 }));
    }

    [Fact]
    public async Task An_hour_that_arrives_late_is_found_by_the_second_look_and_reported()
    {
        var data = Days(1);
        data.Clear(Day.AddHours(5));
        await using var rig = await Rig.StartAsync(data, "2025-07-10T02:00");
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(HourState.Provisional, (await rig.CoverageAsync())[Hour(5)]!.State);
        data.Add(Day.AddHours(5), 0, Rig.Line("late"));
        rig.Clock.Advance(TimeSpan.FromHours(24));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal([Hour(5)], report.Replaced);
        Assert.Equal([24L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
        Assert.All((await rig.CoverageAsync()).Records, record => Assert.Equal(HourState.Confirmed, record.State));
    }

    [Fact]
    public async Task Hourly_runs_fetch_each_hour_twice_in_its_life_the_second_time_with_its_day()
    {
        await using var rig = await Rig.StartAsync(Days(2), "2025-07-09T03:00");
        for (var hour = 0; hour < 72; hour++)
        {
            await rig.SyncAsync("2025-07-09", "2025-07-11");
            rig.Clock.Advance(TimeSpan.FromHours(1));
        }

        var ofFirstDay = rig
            .Requests.Where(request => request.StartsWith("20250709", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(25, ofFirstDay.Count);
        Assert.Equal("20250709T00-20250709T23", ofFirstDay[^1]);
        Assert.Equal(50, rig.Requests.Count);
        Assert.All((await rig.CoverageAsync()).Records, record => Assert.Equal(HourState.Confirmed, record.State));
        Assert.Equal([48L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
    }

    [Fact]
    public async Task A_second_look_that_finds_the_same_writes_no_row_again()
    {
        await using var rig = await Rig.StartAsync(Days(1), "2025-07-10T02:00");
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        var before = await rig.QueryAsync("SELECT max(_loaded_at) FROM amplitude.events");
        rig.Clock.Advance(TimeSpan.FromHours(25));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(24, report.Hours);
        Assert.Empty(report.Replaced);
        Assert.Equal(before, await rig.QueryAsync("SELECT max(_loaded_at) FROM amplitude.events"));
    }

    [Theory]
    [InlineData("DELETE FROM amplitude.events WHERE uuid = (SELECT min(uuid) FROM amplitude.events)")]
    [InlineData("UPDATE amplitude.events SET session_id = 5")]
    [InlineData("INSERT INTO amplitude.events FROM amplitude.events")]
    public async Task Loaded_hours_are_read_again_only_when_asked_and_then_take_the_place_of_what_was_made_of_them(
        string change
    )
    {
        const string rows = "SELECT uuid || session_id FROM amplitude.events ORDER BY uuid";
        await using var rig = await Rig.StartAsync(Days(1), "2025-08-01T00:00");
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        var loaded = await rig.QueryAsync(rows);
        await rig.QueryAsync(change);
        Assert.Empty((await rig.SyncAsync("2025-07-09", "2025-07-10")).Plan.Slices);
        Assert.NotEqual(loaded, await rig.QueryAsync(rows));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10", again: true);
        Assert.Equal(24, report.Hours);
        Assert.Empty(report.Replaced);
        Assert.Equal(loaded, await rig.QueryAsync(rows));
    }

    [Fact]
    public async Task Two_projects_share_a_warehouse_and_leave_each_other_alone()
    {
        await using var rig = await Rig.StartAsync(Days(1), "2025-08-01T00:00");
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        rig.Project = "app";
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(
            ["app 24 24", "web 24 24"],
            await rig.QueryAsync(
                """
                SELECT e._project || ' ' || count(*) || ' ' || (SELECT count(*) FROM waveguide.hours h WHERE h.project = e._project)
                FROM amplitude.events e GROUP BY _project ORDER BY 1
                """
            )
        );
    }

    [Fact]
    public async Task An_interrupted_run_keeps_what_is_committed_and_the_next_one_goes_on_from_there()
    {
        await using var rig = await Rig.StartAsync(Days(4), "2025-08-01T00:00");
        using var stop = new CancellationTokenSource();
        rig.Options = rig.Options with { FetchAhead = 1 };
        using (var source = rig.OpenSource())
        await using (var destination = rig.OpenWarehouse())
        {
            var progress = new StopAfterFirst(stop);
            var pipeline = new Pipeline(source, destination, rig.Options, rig.Clock, progress);
            var request = new RunRequest(UploadHour.Of(Day), UploadHour.Of(Day).AddHours(96));
            var report = await pipeline.RunAsync(EventsTable.Definition, request, stop.Token);
            Assert.True(report.Interrupted);
            Assert.Equal(24, report.Hours);
        }

        Assert.Empty(rig.Spooled);
        var rest = await rig.SyncAsync("2025-07-09", "2025-07-13");
        Assert.Equal(72, rest.Hours);
        Assert.Equal([96L], await rig.QueryAsync("SELECT count(DISTINCT uuid) FROM amplitude.events"));
    }

    private static UploadHour Hour(int hour) => UploadHour.Of(Day).AddHours(hour);

    /// <summary>One event an hour.</summary>
    internal static MemoryData Days(int days)
    {
        var data = new MemoryData();
        for (var hour = 0; hour < days * 24; hour++)
        {
            data.Add(Day.AddHours(hour), 0, Rig.Line($"event-{hour}"));
        }

        return data;
    }

    private sealed class StopAfterFirst(CancellationTokenSource stop) : IProgress<PipelineEvent>
    {
        public void Report(PipelineEvent value)
        {
            if (value is PipelineEvent.Committed)
            {
                stop.Cancel();
            }
        }
    }
}
