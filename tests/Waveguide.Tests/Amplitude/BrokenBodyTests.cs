using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

public sealed class BrokenBodyTests
{
    private static readonly FaultRule Always = new() { Fault = FaultKind.TextBody };

    [Theory]
    [InlineData(FaultKind.TextBody, "it has no end, or is not a zip archive; it begins with \"Rate limit exceeded\"")]
    [InlineData(FaultKind.EmptyBody, "it is empty; it begins with nothing")]
    [InlineData(FaultKind.EmptyZip, "it has no files in it")]
    [InlineData(FaultKind.CutBodyChunked, "it has no end, or is not a zip archive; it begins with \"PK")]
    [InlineData(FaultKind.BadZipCrc, "100000001_2025-07-09_9#627.json.gz: its zip checksum is wrong")]
    [InlineData(FaultKind.BadGzipCrc, "100000001_2025-07-09_9#627.json.gz: its gzip checksum is wrong")]
    [InlineData(FaultKind.TruncatedGzip, "100000001_2025-07-09_9#627.json.gz: it")]
    [InlineData(FaultKind.HostileName, "member \"../../outside.json.gz\" is not the name of an export file")]
    public async Task An_archive_that_is_not_whole_is_damaged_and_leaves_nothing(FaultKind fault, string what)
    {
        var nine = Always with { Fault = fault, From = Exporter.Day.AddHours(9), Until = Exporter.Day.AddHours(10) };
        await using var desk = await Desk.StartAsync(nine with { Times = 6 });
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Damaged, failure.Failure);
        Assert.StartsWith(
            $"The archive for 2025-07-09T08..2025-07-09T11 came damaged six times ({what}",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(desk.Amplitude.Address.Authority, failure.Hint, StringComparison.Ordinal);
        Assert.Equal(6, desk.Calls);
        await desk.AssertLoadsAsync();
    }

    [Theory]
    [InlineData(FaultKind.TextBody)]
    [InlineData(FaultKind.EmptyBody)]
    [InlineData(FaultKind.EmptyZip)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.CutBodyChunked)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.BadZipCrc)]
    [InlineData(FaultKind.BadGzipCrc)]
    [InlineData(FaultKind.TruncatedGzip)]
    [InlineData(FaultKind.HostileName)]
    public async Task A_good_answer_after_a_broken_one_loads(FaultKind fault)
    {
        await using var desk = await Desk.StartAsync(Always with { Fault = fault, Times = 1 });
        await desk.AssertLoadsAsync();
        Assert.Equal(2, desk.Calls);
        Assert.Empty(desk.Spooled());
    }

    [Theory]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.Reset)]
    public async Task A_body_that_breaks_off_is_no_whole_answer(FaultKind fault)
    {
        await using var desk = await Desk.StartAsync(Always with { Fault = fault });
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.StartsWith(
            "events 2025-07-09T08..2025-07-09T11: no whole answer from " + $"{desk.Amplitude.Address.Authority} (",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" It was tried six times.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(6, desk.Calls);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(200L)]
    public async Task An_answer_that_stands_still_is_given_up(long? afterBytes)
    {
        await using var desk = await Desk.StartAsync(
            Always with
            {
                Fault = FaultKind.Stall,
                AfterBytes = afterBytes,
                Times = 1,
            }
        );
        var fetch = desk.FetchAsync();
        await (afterBytes is null ? desk.CalledAsync() : desk.Log.SeenAsync("answered 200"));
        desk.Clock.Advance(TimeSpan.FromMinutes(11));
        var failure = await Assert.ThrowsAsync<SourceException>(() => fetch);
        Assert.Equal(SourceFailure.TooSlow, failure.Failure);
        Assert.Equal(
            "events 2025-07-09T08..2025-07-09T11: "
                + $"{desk.Amplitude.Address.Authority} sent nothing for 600 seconds.",
            failure.Message
        );
        Assert.Empty(desk.Spooled());
        await desk.AssertLoadsAsync();
    }

    [Fact]
    public async Task A_file_of_an_hour_that_was_not_asked_for_is_damage()
    {
        var data = Exporter.ThreeHours();
        data.Add(
            Exporter.Day.AddHours(9),
            data.Parts(Exporter.Day.AddHours(8))[0] with
            {
                Name = "100000001/100000001_2025-07-09_7#0.json.gz",
            }
        );
        await using var desk = await Desk.StartAsync(Desk.Simulation(data));
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Damaged, failure.Failure);
        Assert.Contains(
            "100000001_2025-07-09_7#0.json.gz is of 2025-07-09T07, which was not asked for",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_days_file_without_an_hour_loads_with_the_whole_day()
    {
        await using var desk = await Desk.StartAsync(new FaultRule { Fault = FaultKind.DayFile });
        using var fetched = await desk.FetchAsync(0, 24);
        Assert.Equal(UploadHour.Of(Exporter.Day), Assert.Single(fetched.Parts).Hour);
        Assert.Equal(6, Desk.Lines(fetched).Count());
    }
}
