using Waveguide.Amplitude;
using Waveguide.Http;

namespace Waveguide.Tests.Http;

/// <summary>How fast work may begin; on a clock that stands still but where a test moves it.</summary>
public sealed class SlidingWindowTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ImpatientClock _clock = new(new DateTimeOffset(2025, 7, 12, 2, 30, 0, TimeSpan.Zero))
    {
        Patience = TimeSpan.Zero,
    };

    /// <summary>The windows of the APIs with the limits of Amplitude's pages.</summary>
    public static TheoryData<string, int, TimeSpan> Limits { get; } =
        new()
        {
            { "profiles", 600, Minute },
            { "cohorts", 60, 10 * Minute },
            { "taxonomy", 7_200, 60 * Minute },
            { "deletions", 1, TimeSpan.FromSeconds(1) },
        };

    [Theory]
    [MemberData(nameof(Limits))]
    public void As_many_as_amplitude_allows_begin_at_once_and_the_next_when_the_period_has_passed(
        string api,
        int limit,
        TimeSpan period
    )
    {
        var pace = new AmplitudePace(_clock);
        var window = api switch
        {
            "profiles" => pace.Profiles,
            "cohorts" => pace.Cohorts,
            "taxonomy" => pace.Taxonomy,
            _ => pace.Deletions,
        };
        var first = Enumerable.Range(0, limit).Select(_ => TryEnter(window)).ToList();
        Assert.DoesNotContain(null, first);
        Assert.Null(TryEnter(window));
        first.ForEach(place => place!.Dispose());
        _clock.Advance(period - TimeSpan.FromMilliseconds(1));
        Assert.Null(TryEnter(window));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotNull(TryEnter(window));
    }

    [Fact]
    public void However_long_work_takes_no_minute_has_more_of_it_than_the_limit_and_none_waits_without_need()
    {
        const int Limit = 7;
        var random = new Random(20_251_125);
        var window = new SlidingWindow(Limit, Minute, _clock);
        var works = new List<Work>();
        for (var step = 0; step < 20_000; step++)
        {
            var (now, cost) = (_clock.GetUtcNow(), random.Next(1, 4));
            var load = works.Where(work => work.End is null || work.End + Minute > now).Sum(work => work.Cost);
            var place = TryEnter(window, cost);
            Assert.Equal(load + cost <= Limit, place is not null);
            if (place is not null)
            {
                works.Add(new Work(place, now, cost));
            }

            foreach (var work in works.Where(work => work.End is null && random.Next(3) == 0))
            {
                work.Place.Dispose();
                work.End = now;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(20_000)));
            works.RemoveAll(work => work.End < now - (2 * Minute));
            Assert.All(
                works.Where(work => work.End is not null),
                from =>
                    Assert.True(
                        works
                            .Where(work => work.Begin < from.End + Minute && (work.End is null || work.End >= from.End))
                            .Sum(work => work.Cost) <= Limit
                    )
            );
        }
    }

    [Fact]
    public void What_an_earlier_run_did_counts_until_a_period_after_its_end()
    {
        var window = new SlidingWindow(2, Minute, _clock);
        window.Count([_clock.GetUtcNow() - TimeSpan.FromSeconds(50)]);
        Assert.NotNull(TryEnter(window));
        Assert.Null(TryEnter(window));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(TryEnter(window));
    }

    /// <returns>Null if it would have to wait.</returns>
    private static IDisposable? TryEnter(SlidingWindow window, int cost = 1)
    {
        using var leaving = new CancellationTokenSource();
        var place = window.EnterAsync(cost, leaving.Token);
        leaving.Cancel();
        return place.IsCompletedSuccessfully ? place.Result : null;
    }

    private sealed record Work(IDisposable Place, DateTimeOffset Begin, int Cost)
    {
        public DateTimeOffset? End { get; set; }
    }
}
