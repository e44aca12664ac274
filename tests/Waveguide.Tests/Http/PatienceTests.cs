using Waveguide.Http;
using Waveguide.Simulator;
using Waveguide.Tests.Amplitude;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Http;

public sealed class PatienceTests
{
    private static readonly FaultRule Busy = new() { Fault = FaultKind.Status, Status = 429 };

    [Fact]
    public async Task It_waits_exactly_as_long_as_it_is_asked_to()
    {
        await using var desk = await Desk.StartAsync(Busy with { RetryAfter = 17, Times = 2 });
        await desk.AssertLoadsAsync();
        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(17)], desk.Clock.Waits);
    }

    [Fact]
    public async Task It_never_waits_longer_than_its_own_limit()
    {
        await using var desk = await Desk.StartAsync(Busy with { RetryAfter = 86_400, Times = 1 });
        await desk.AssertLoadsAsync();
        Assert.Equal([TimeSpan.FromMinutes(5)], desk.Clock.Waits);
    }

    [Fact]
    public async Task Unasked_it_waits_about_twice_as_long_each_time()
    {
        await using var desk = await Desk.StartAsync(Busy);
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.StartsWith(
            "events 2025-07-09T08..2025-07-09T11: Amplitude's limit of requests is reached (429, ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(5, desk.Clock.Waits.Count);
        Assert.All(
            desk.Clock.Waits.Index(),
            wait => Assert.InRange(wait.Item.TotalSeconds / Math.Pow(2, wait.Index + 1), 0.75, 1.25)
        );
    }

    [Fact]
    public async Task A_moment_to_come_back_at_is_kept_by_the_services_own_clock()
    {
        await using var server = new RawServer(
            "HTTP/1.1 503 Service Unavailable",
            "Date: Wed, 09 Jul 2025 10:00:00 GMT",
            "Retry-After: Wed, 09 Jul 2025 10:01:30 GMT",
            "Connection: close",
            "Content-Length: 0",
            "",
            ""
        );
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(new MemoryData()),
            options => options with { Url = server.Address, Send = options.Send with { Attempts = 2 } }
        );
        await desk.FailureAsync();
        Assert.Equal([TimeSpan.FromSeconds(90)], desk.Clock.Waits);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, " It was tried twice.")]
    [InlineData(4, " It was tried four times.")]
    [InlineData(60, " It was tried 60 times.")]
    public async Task A_fault_that_stays_is_met_exactly_as_often_as_allowed_and_says_so(int attempts, string tried)
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()) with
            {
                Faults = FaultScript.Of(Busy with { Status = 503 }),
            },
            options => options with { Send = options.Send with { Attempts = attempts } }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(
            "events 2025-07-09T08..2025-07-09T11: Amplitude cannot answer now (503, \"503: Service Unavailable\")."
                + tried,
            failure.Message
        );
        Assert.Equal(attempts, desk.Calls);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_refusal_after_a_fault_is_not_tried_again()
    {
        await using var desk = await Desk.StartAsync(
            Busy with
            {
                Status = 500,
                Times = 1,
            },
            Busy with
            {
                Status = 403,
                Request = 2,
            }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(SourceFailure.Refused, failure.Failure);
        Assert.Equal("Amplitude refused these keys (403, \"Invalid API/Secret Key combination\").", failure.Message);
        Assert.Equal(2, desk.Calls);
    }

    [Fact]
    public async Task At_most_four_requests_are_under_way()
    {
        var slow = new FaultRule { Fault = FaultKind.Delay, Seconds = 0.1 };
        await using var desk = await Desk.StartAsync(slow);
        var fetches = Enumerable.Range(0, 10).Select(_ => desk.FetchAsync()).ToList();
        foreach (var fetched in await Task.WhenAll(fetches))
        {
            Assert.Equal(6, Desk.Lines(fetched).Count());
            fetched.Dispose();
        }

        Assert.Equal(10, desk.Calls);
        Assert.InRange(desk.Amplitude.PeakConcurrency, 2, 4);
        Assert.Empty(desk.Spooled());
    }

    [Fact]
    public async Task Whoever_waits_to_try_again_takes_no_place()
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(Exporter.ThreeHours()) with
            {
                Faults = FaultScript.Of(Busy with { RetryAfter = 60, Times = 1 }),
            },
            options => options with { Send = options.Send with { Concurrency = 1 } }
        );
        await Task.WhenAll(desk.AssertLoadsAsync(), desk.AssertLoadsAsync());
        Assert.Equal(3, desk.Calls);
    }

    [Fact]
    public async Task Cancelling_ends_a_fetch_and_leaves_nothing()
    {
        await using var desk = await Desk.StartAsync(new FaultRule { Fault = FaultKind.Stall, AfterBytes = 100 });
        using var stop = new CancellationTokenSource();
        var fetch = desk.Source.FetchAsync(desk.Slice(), content: null, stop.Token);
        await desk.Log.SeenAsync("answered 200");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        Assert.Empty(desk.Spooled());
        Assert.Equal(1, desk.Calls);
    }

    [Theory]
    [InlineData(1, "once")]
    [InlineData(2, "twice")]
    [InlineData(3, "three times")]
    [InlineData(10, "ten times")]
    [InlineData(11, "11 times")]
    public void Counts_are_said_in_words(int count, string text) => Assert.Equal(text, Times.Text(count));
}
