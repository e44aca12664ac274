using Waveguide.Simulator;

namespace Waveguide.Tests.Faults;

/// <summary>A run over four days, of which the third is struck by a fault, brought to the point where it begins.</summary>
internal sealed class StruckRun : IAsyncDisposable
{
    private const string From = "2025-07-07";
    private const string Until = "2025-07-11";
    private static readonly DateTime FirstDay = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    private static readonly GeneratedTraffic Traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = FirstDay,
            UntilUtc = FirstDay.AddDays(4),
            EventsPerDay = 150,
            Shards = 2,
        }
    );

    private readonly Rig _rig;
    private readonly FaultKind _fault;
    private readonly RunKind _kind;
    private readonly bool _forever;

    private StruckRun(Rig rig, FaultKind fault, RunKind kind, bool forever)
    {
        _rig = rig;
        _fault = fault;
        _kind = kind;
        _forever = forever;
    }

    public static HourRange StruckDay { get; } = new(UploadHour.Parse("2025-07-09"), UploadHour.Parse("2025-07-10"));

    private bool WasLoaded => _kind is RunKind.SecondLook or RunKind.LoadAgain;

    public static async Task<StruckRun> StartAsync(FaultKind fault, RunKind kind, bool forever)
    {
        var script = FaultScript.Of(
            new FaultRule
            {
                Fault = fault,
                From = StruckDay.From.Start,
                Until = StruckDay.Until.Start,
                // A day is one request, so the fifth is the first after four days were loaded.
                Request = kind is RunKind.SecondLook or RunKind.LoadAgain ? 5 : 1,
                Times = forever ? int.MaxValue : 1,
            }
        );
        // Whoever waits for nothing asks again before the simulator has seen that it was left.
        var rig = await Rig.StartAsync(
            Traffic,
            "2025-07-11T03:00",
            options => options with { Faults = script, ConcurrencyLimit = int.MaxValue }
        );
        rig.Options = new PipelineOptions
        {
            Availability = new Availability { ConfirmAfter = TimeSpan.FromDays(4) },
            // The time that runs out on a request that stands still would run out on those beside it.
            FetchAhead = fault == FaultKind.Stall ? 1 : new PipelineOptions().FetchAhead,
        };
        var run = new StruckRun(rig, fault, kind, forever);
        await run.PrepareAsync();
        return run;
    }

    public async Task<RunReport> RunAsync()
    {
        var asked = _rig.Requests.Count;
        var running = _rig.SyncAsync(From, Until, again: _kind == RunKind.LoadAgain);
        if (_fault == FaultKind.Stall)
        {
            await PassAsync(asked, running);
        }

        return await running;
    }

    /// <summary>Lets so much time pass that every hour is due for its second look.</summary>
    public void Age() => _rig.Clock.Advance(TimeSpan.FromDays(4));

    public async Task AssertStruckDayIsAsBeforeAsync()
    {
        var coverage = await _rig.CoverageAsync();
        var found = await RowsAsync();
        foreach (var hour in Hours())
        {
            var loaded = WasLoaded || !StruckDay.Contains(hour);
            Assert.Equal(loaded, coverage.Holds(hour));
            Assert.Equal(loaded ? Truth(hour) : [], found[hour.ToString()]);
        }

        Assert.Empty(_rig.Spooled);
    }

    public async Task AssertWholeAsync()
    {
        var coverage = await _rig.CoverageAsync();
        var found = await RowsAsync();
        Assert.Empty(coverage.Gaps(new HourRange(UploadHour.Parse(From), UploadHour.Parse(Until))));
        foreach (var hour in Hours())
        {
            var rows = found[hour.ToString()].ToList();
            Assert.Equal(Exported(hour, rows), rows);
            Assert.Equal(rows.Count, coverage[hour]!.Tally.Rows);
        }

        Assert.Empty(_rig.Spooled);
    }

    public async Task AssertTruthAsync()
    {
        var found = await RowsAsync();
        foreach (var hour in Hours())
        {
            Assert.Equal(Truth(hour), found[hour.ToString()]);
        }
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    /// <summary>Lets the time of each request run out that stands still, and of no other.</summary>
    /// <param name="asked">Requests before the run.</param>
    private async Task PassAsync(int asked, Task running)
    {
        var left = _forever ? int.MaxValue : 1;
        while (left > 0 && !running.IsCompleted)
        {
            var requests = _rig.Requests;
            if (
                requests.Count > asked
                && requests[^1].StartsWith($"{StruckDay.From.Start:yyyyMMdd}", StringComparison.Ordinal)
            )
            {
                left--;
                _rig.Clock.Advance(TimeSpan.FromMinutes(11));
            }

            asked = requests.Count;
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }
    }

    private async Task PrepareAsync()
    {
        if (_kind == RunKind.Resume)
        {
            using var interruption = new CancellationTokenSource();
            _rig.Heard = happened =>
            {
                if (happened is PipelineEvent.Committed)
                {
                    interruption.Cancel();
                }
            };
            Assert.True((await _rig.SyncAsync(From, "2025-07-09", cancellationToken: interruption.Token)).Interrupted);
            _rig.Heard = null;
        }
        else if (WasLoaded)
        {
            Assert.Equal(4, (await _rig.SyncAsync(From, Until)).Committed.Count);
            Age();
        }
    }

    private static IEnumerable<UploadHour> Hours() =>
        new HourRange(UploadHour.Parse(From), UploadHour.Parse(Until)).Hours();

    private static List<string> Truth(UploadHour hour) =>
        [.. Traffic.Truth(hour.Start).Uuids.Select(uuid => uuid.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>What the struck export holds, which is the truth but for the faults that add or hold back rows.</summary>
    private List<string> Exported(UploadHour hour, List<string> rows)
    {
        var truth = Truth(hour);
        if (!StruckDay.Contains(hour))
        {
            return truth;
        }

        return _fault switch
        {
            FaultKind.LateHour => [],
            FaultKind.LateRows => [.. truth.Intersect(rows, StringComparer.Ordinal)],
            FaultKind.DayFile => hour == StruckDay.From
                ? [.. StruckDay.Hours().SelectMany(Truth).Order(StringComparer.Ordinal)]
                : [],
            FaultKind.RepeatedInHours =>
            [
                .. truth
                    .Concat(Truth(hour.AddHours(-1)).Intersect(rows, StringComparer.Ordinal))
                    .Order(StringComparer.Ordinal),
            ],
            _ => truth,
        };
    }

    private async Task<ILookup<string, string>> RowsAsync()
    {
        var rows = await _rig.QueryAsync(
            "SELECT strftime(_upload_hour, '%Y-%m-%dT%H ') || uuid FROM amplitude.events ORDER BY uuid"
        );
        return rows.Cast<string>().Select(row => row.Split(' ')).ToLookup(row => row[0], row => row[1]);
    }
}
