using Waveguide.Cli;
using Waveguide.Simulator;
using Waveguide.Tests.Cli;

namespace Waveguide.Tests.Peers;

/// <summary>
/// The cases by which Databricks' community connector is tested. Its newest hour is one too early; ours waits three hours
/// from the start of an hour, as Amplitude's documentation has it.
/// </summary>
public sealed class LakeflowTests
{
    private const int Attempts = 6;
    private static readonly DateTime Hour = new(2026, 6, 20, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task L1_two_rows_come_in_their_order()
    {
        await using var rig = await Rig.StartAsync(TwoRows(), "2026-07-01T00:00");
        await rig.SyncAsync("2026-06-20T00", "2026-06-20T01");
        Assert.Equal(["a", "b"], await rig.QueryAsync("SELECT uuid FROM amplitude.events ORDER BY _line"));
    }

    [Fact]
    public async Task L2_a_connection_that_breaks_once_costs_one_more_request()
    {
        await using var rig = await StruckAsync(new FaultRule { Fault = FaultKind.Reset, Times = 1 });
        Assert.Equal(2, (await rig.SyncAsync("2026-06-20T00", "2026-06-20T01")).Tally.Rows);
        Assert.Equal(2, rig.Requests.Count);
        Assert.Single(rig.Clock.Waits, wait => wait > TimeSpan.Zero && wait < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task L3_the_wait_that_a_429_asks_for_is_kept()
    {
        await using var rig = await StruckAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 429,
                RetryAfter = 3,
                Times = 1,
            }
        );
        Assert.Equal(2, (await rig.SyncAsync("2026-06-20T00", "2026-06-20T01")).Tally.Rows);
        Assert.Contains(TimeSpan.FromSeconds(3), rig.Clock.Waits);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Status)]
    public async Task L4_and_L5_what_never_ends_fails_after_the_last_attempt_and_is_noted(FaultKind fault)
    {
        await using var rig = await StruckAsync(new FaultRule { Fault = fault });
        var report = await rig.SyncAsync("2026-06-20T00", "2026-06-20T01");
        Assert.Single(report.Failed);
        Assert.Equal(HourState.Failed, (await rig.CoverageAsync())[UploadHour.Of(Hour)]!.State);
        Assert.Equal(Attempts, rig.Requests.Count);
    }

    [Fact]
    public async Task L6_the_end_that_was_asked_for_is_not_asked_for_again()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2026-07-01T00:00");
        await rig.SyncAsync("2026-06-20T00", "2026-06-20T07");
        await rig.SyncAsync("2026-06-20T00", "2026-06-20T12");
        Assert.Equal(["20260620T00-20260620T06", "20260620T07-20260620T11"], rig.Requests);
    }

    [Fact]
    public async Task L7_a_window_that_reaches_past_now_ends_at_the_newest_hour_that_is_published()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2026-06-20T12:00");
        await rig.SyncAsync("2026-06-20T00", "2026-06-21");
        Assert.Equal(["20260620T00-20260620T09"], rig.Requests);
    }

    [Theory]
    [InlineData(5, "T07")]
    [InlineData(2, "T10")]
    [InlineData(0, "T12")]
    public async Task L7_the_look_back_is_a_setting(int hours, string last)
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2026-06-20T12:00");
        rig.Options = new PipelineOptions { Availability = new Availability { Lag = TimeSpan.FromHours(hours) } };
        await rig.SyncAsync("2026-06-20T00", "2026-06-21");
        Assert.Equal([$"20260620T00-20260620{last}"], rig.Requests);
    }

    [Theory]
    [InlineData("availability_lag: -1h")]
    [InlineData("requests: 0")]
    public async Task L7_a_negative_look_back_or_nothing_at_once_is_wrong_configuration(string setting)
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("waveguide.yml", $"source:\n  {setting}\n");
        var outcome = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Usage);
        Assert.Contains($"source.{setting[..setting.IndexOf(':')]}", outcome.Flat, StringComparison.Ordinal);
        Assert.Empty(shell.Amplitude.Requests);
    }

    [Fact]
    public async Task L8_with_all_loaded_there_is_no_call()
    {
        await using var rig = await Rig.StartAsync(new MemoryData(), "2026-06-20T12:00");
        await rig.SyncAsync("2026-06-20T00");
        await rig.SyncAsync("2026-06-20T00");
        Assert.Single(rig.Requests);
    }

    [Fact]
    public async Task L9_empty_days_before_a_full_one_are_passed()
    {
        await using var rig = await Rig.StartAsync(TwoRows(), "2026-07-01T00:00");
        var report = await rig.SyncAsync("2026-06-18", "2026-06-21");
        Assert.Equal((72, 2L), (report.Hours, report.Tally.Rows));
    }

    private static MemoryData TwoRows() => new MemoryData().Add(Hour, 0, Rig.Line("a"), Rig.Line("b"));

    private static Task<Rig> StruckAsync(FaultRule rule) =>
        Rig.StartAsync(TwoRows(), "2026-07-01T00:00", options => options with { Faults = FaultScript.Of(rule) });
}
