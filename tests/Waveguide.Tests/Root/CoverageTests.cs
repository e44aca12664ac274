namespace Waveguide.Tests.Root;

public sealed class CoverageTests
{
    private static readonly UploadHour Start = UploadHour.Parse("2025-07-09");
    private static readonly HourRange Day = new(Start, Start.AddHours(24));

    [Fact]
    public void Gaps_are_all_that_is_not_loaded_and_a_run_asks_for_all_but_what_is_too_large()
    {
        var coverage = new Coverage([
            Record(0, HourState.Confirmed),
            Record(1, HourState.Provisional),
            Record(2, HourState.Failed),
            Record(3, HourState.TooLarge),
        ]);
        Assert.Equal(["2025-07-09T02..2025-07-10T00"], coverage.Gaps(Day).Select(range => range.ToString()));
        Assert.Equal(
            ["2025-07-09T02..2025-07-09T03", "2025-07-09T04..2025-07-10T00"],
            coverage.Missing(Day).Select(range => range.ToString())
        );
    }

    [Fact]
    public void A_day_is_due_for_a_second_look_as_one_when_its_last_hour_is_final()
    {
        var coverage = new Coverage([.. Enumerable.Range(0, 30).Select(hour => Record(hour, HourState.Provisional))]);
        var wanted = new HourRange(Start, Start.AddHours(48));
        var lastHourIsFinal = DateTimeOffset.Parse("2025-07-11T02:00:00Z");
        Assert.Empty(coverage.DueForSecondLook(wanted, lastHourIsFinal.AddSeconds(-1), new Availability()));
        Assert.Equal([Day], coverage.DueForSecondLook(wanted, lastHourIsFinal, new Availability()));
    }

    [Fact]
    public void The_window_of_the_newest_record_is_remembered()
    {
        Assert.Equal(24, new Coverage([]).Window);
        var older = Record(0, HourState.Confirmed) with { Window = 12 };
        var newer = Record(1, HourState.Confirmed) with { Window = 3, At = older.At.AddHours(1) };
        Assert.Equal(3, new Coverage([newer, older]).Window);
    }

    private static HourRecord Record(int hour, HourState state) =>
        new(Start.AddHours(hour), state, default, Fingerprint: null, Slice.WidestWindow, DateTimeOffset.UnixEpoch);
}
