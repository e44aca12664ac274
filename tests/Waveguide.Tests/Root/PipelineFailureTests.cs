using System.Text;
using Waveguide.Simulator;

namespace Waveguide.Tests.Root;

/// <summary>What a run does about slices that cannot be had.</summary>
public sealed class PipelineFailureTests
{
    private static readonly DateTime Day = new(2025, 7, 9, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_range_over_the_size_limit_is_asked_for_in_pieces_and_the_width_is_remembered()
    {
        await using var rig = await Rig.StartAsync(PipelineTests.Days(3), "2025-08-01T00:00", TooLargeOver(rows: 7));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(24L, report.Tally.Rows);
        Assert.Contains(rig.Events, happened => happened is PipelineEvent.Narrowed { Window: 6 });
        Assert.Equal(6, (await rig.CoverageAsync()).Window);
        var before = rig.Requests.Count;
        await rig.SyncAsync("2025-07-10", "2025-07-11");
        Assert.Equal("20250710T00-20250710T05", rig.Requests.Skip(before).Order().First());
    }

    [Fact]
    public async Task A_gateway_that_times_out_narrows_the_window_too()
    {
        await using var rig = await Rig.StartAsync(
            PipelineTests.Days(1),
            "2025-08-01T00:00",
            options => options with { SlowLimitBytes = Rig.Line("event-00").Length * 13 }
        );
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal((24L, 0), (report.Tally.Rows, report.Failed.Count));
    }

    [Fact]
    public async Task One_hour_that_is_too_large_is_noted_and_not_asked_for_again_while_the_rest_is_loaded()
    {
        var data = PipelineTests.Days(1);
        data.Add(Day.AddHours(9), 1, [.. Enumerable.Range(0, 99).Select(row => Rig.Line($"big-{row}"))]);
        await using var rig = await Rig.StartAsync(data, "2025-08-01T00:00", TooLargeOver(rows: 30));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Equal(23L, report.Tally.Rows);
        var record = (await rig.CoverageAsync())[UploadHour.Parse("2025-07-09T09")]!;
        Assert.Equal(HourState.TooLarge, record.State);
        Assert.Contains("4 GB", record.Reason, StringComparison.Ordinal);
        var again = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Empty(again.Plan.Slices);
    }

    [Fact]
    public async Task A_slice_that_stays_damaged_is_noted_and_the_next_run_asks_for_it_alone()
    {
        var faults = FaultScript.Of(
            new FaultRule
            {
                Fault = FaultKind.BadGzipCrc,
                From = Day.AddHours(24),
                Until = Day.AddHours(25),
                Times = 6,
            }
        );
        await using var rig = await Rig.StartAsync(
            PipelineTests.Days(3),
            "2025-08-01T00:00",
            options => options with { Faults = faults }
        );
        var report = await rig.SyncAsync("2025-07-09", "2025-07-12");
        var failed = Assert.Single(report.Failed);
        Assert.Equal("events 2025-07-10T00..2025-07-11T00", failed.Slice.ToString());
        Assert.Equal(48L, report.Tally.Rows);
        Assert.Equal(24, (await rig.CoverageAsync()).Records.Count(record => record.State == HourState.Failed));
        var again = await rig.SyncAsync("2025-07-09", "2025-07-12");
        Assert.Equal(["events 2025-07-10T00..2025-07-11T00"], again.Plan.Slices.Select(slice => slice.ToString()));
        Assert.Equal([72L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
    }

    [Fact]
    public async Task A_second_look_that_fails_leaves_what_is_loaded_as_it_was()
    {
        var faults = FaultScript.Of(new FaultRule { Fault = FaultKind.BadZipCrc, Request = 2 });
        await using var rig = await Rig.StartAsync(
            PipelineTests.Days(1),
            "2025-07-10T02:00",
            options => options with { Faults = faults }
        );
        await rig.SyncAsync("2025-07-09", "2025-07-10");
        rig.Clock.Advance(TimeSpan.FromHours(24));
        var report = await rig.SyncAsync("2025-07-09", "2025-07-10");
        Assert.Single(report.Failed);
        Assert.All((await rig.CoverageAsync()).Records, record => Assert.Equal(HourState.Provisional, record.State));
        Assert.Equal([24L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
    }

    [Fact]
    public async Task Refused_keys_end_the_run_at_once()
    {
        await using var rig = await Rig.StartAsync(PipelineTests.Days(9), "2025-08-01T00:00");
        rig.SecretKey = "wrong";
        var failure = await Assert.ThrowsAsync<SourceException>(() => rig.SyncAsync("2025-07-09", "2025-07-18"));
        Assert.Equal(SourceFailure.Refused, failure.Failure);
        Assert.True(rig.Requests.Count <= 4, $"{rig.Requests.Count} requests");
        Assert.Empty((await rig.CoverageAsync()).Records);
    }

    [Fact]
    public async Task A_service_that_stays_away_is_not_asked_for_every_slice_of_a_year()
    {
        var faults = FaultScript.Of(new FaultRule { Fault = FaultKind.Status, Status = 503 });
        await using var rig = await Rig.StartAsync(
            new MemoryData(),
            "2025-08-01T00:00",
            options => options with { Faults = faults }
        );
        var report = await rig.SyncAsync("2024-07-09", "2025-07-09");
        Assert.InRange(report.Failed.Count, 3, 6);
        var noted = (await rig.CoverageAsync()).Records.Count(record => record.State == HourState.Failed);
        Assert.Equal(report.Failed.Count * 24, noted);
    }

    [Fact]
    public async Task A_slice_with_too_many_lines_that_are_not_json_is_not_loaded()
    {
        var data = PipelineTests.Days(2);
        data.Add(
            Day.AddHours(3),
            1,
            [.. Enumerable.Range(0, 101).Select(row => Encoding.UTF8.GetBytes($"broken {row}"))]
        );
        await using var rig = await Rig.StartAsync(data, "2025-08-01T00:00");
        var report = await rig.SyncAsync("2025-07-09", "2025-07-11");
        var failed = Assert.Single(report.Failed);
        Assert.Equal(SourceFailure.TooManyRejected, failed.Reason.Failure);
        Assert.Equal([24L], await rig.QueryAsync("SELECT count(*) FROM amplitude.events"));
        Assert.Equal([0L], await rig.QueryAsync("SELECT count(*) FROM waveguide.quarantine"));
    }

    private static Func<SimulatorOptions, SimulatorOptions> TooLargeOver(int rows) =>
        options => options with { SizeLimitBytes = (Rig.Line("event-00").Length + 1) * rows };
}
