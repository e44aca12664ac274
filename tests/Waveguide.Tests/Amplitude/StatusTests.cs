using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Amplitude;

public sealed class StatusTests
{
    [Fact]
    public async Task A_200_with_an_archive_becomes_its_parts_in_the_order_of_hours()
    {
        await using var desk = await Desk.StartAsync();
        using (var fetched = await desk.FetchAsync())
        {
            Assert.Equal(
                [
                    "100000001_2025-07-09_8#627.json.gz",
                    "100000001_2025-07-09_9#627.json.gz",
                    "100000001_2025-07-09_10#627.json.gz",
                ],
                fetched.Parts.Select(part => part.Name)
            );
            Assert.Equal([8, 9, 10], fetched.Parts.Select(part => part.Hour.Start.Hour));
            Assert.Equal(desk.Clock.GetUtcNow(), fetched.ReadAt);
        }

        Assert.Equal(1, desk.Calls);
        Assert.Empty(desk.Spooled());
    }

    [Theory]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, true, false)]
    [InlineData(true, true, true, true)]
    public async Task Every_form_of_archive_loads(bool deflated, bool directory, bool wide, bool chunked)
    {
        var style = new ArchiveStyle
        {
            Deflated = deflated,
            DirectoryEntry = directory,
            Zip64 = wide,
            Chunked = chunked,
        };
        await using var desk = await Desk.StartAsync(Desk.Simulation(Exporter.ThreeHours()) with { Style = style });
        await desk.AssertLoadsAsync();
        Assert.Empty(desk.Spooled());
    }

    [Theory]
    [InlineData("Raw data files were not found.")]
    [InlineData("<html><title>404: Not Found</title><body>404: Not Found</body></html>")]
    [InlineData("""{"error":{"http_code":404,"type":"unspecified","message":"Unspecified Error"}}""")]
    public async Task A_404_of_Amplitude_is_no_data(string body)
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 404,
                Text = body,
            }
        );
        using var fetched = await desk.FetchAsync();
        Assert.Empty(fetched.Parts);
        Assert.Equal(1, desk.Calls);
    }

    [Theory]
    [InlineData("<html><head><title>404 Not Found</title></head><body>nginx</body></html>", "404 Not Found")]
    [InlineData("", "404")]
    public async Task A_404_of_somebody_else_is_not_taken_for_no_data(string body, string said)
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 404,
                Text = body,
            }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains(desk.Amplitude.Address.Authority, failure.Message, StringComparison.Ordinal);
        Assert.Contains("AMPLITUDE_URL", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_over_the_size_limit_is_too_large_and_not_asked_again()
    {
        var simulation = Desk.Simulation(Exporter.ThreeHours()) with { SizeLimitBytes = 1_000 };
        await using var desk = await Desk.StartAsync(simulation);
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.TooLarge, failure.Failure);
        Assert.False(failure.IsTransient);
        Assert.Equal(
            "events 2025-07-09T08..2025-07-09T11: over Amplitude's 4 GB limit "
                + "(400, \"The export is larger than 4 GB; shorten the range\").",
            failure.Message
        );
        Assert.Equal(1, desk.Calls);
        using var narrower = await desk.FetchAsync(8, 9);
        Assert.Single(narrower.Parts);
    }

    [Fact]
    public async Task A_400_about_something_else_counts_as_too_large_and_carries_Amplitudes_words()
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 400,
                Text = "start must be before end",
            }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.TooLarge, failure.Failure);
        Assert.Contains("(400, \"start must be before end\")", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, desk.Calls);
    }

    [Fact]
    public async Task A_gateway_timeout_of_several_hours_is_told_at_once_so_that_they_can_be_cut()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()) with
            {
                SlowLimitBytes = 1_000,
            }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.TooSlow, failure.Failure);
        Assert.Equal(
            "events 2025-07-09T08..2025-07-09T11: Amplitude took too long (504, \"Gateway Timeout\").",
            failure.Message
        );
        Assert.Equal(1, desk.Calls);
    }

    [Fact]
    public async Task A_gateway_timeout_of_a_single_hour_is_tried_again()
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = 504,
                Times = 2,
            }
        );
        using var fetched = await desk.FetchAsync(9, 10);
        Assert.Single(fetched.Parts);
        Assert.Equal(3, desk.Calls);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_fault_of_the_service_is_tried_again(int status)
    {
        await using var desk = await Desk.StartAsync(
            new FaultRule
            {
                Fault = FaultKind.Status,
                Status = status,
                Times = 2,
            }
        );
        await desk.AssertLoadsAsync();
        Assert.Equal(3, desk.Calls);
        Assert.Contains(
            desk.Log.Lines,
            line =>
                line.StartsWith("events 2025-07-09T08..2025-07-09T11: Amplitude cannot", StringComparison.Ordinal)
                && line.EndsWith("(attempt 2 of 6).", StringComparison.Ordinal)
        );
    }
}
