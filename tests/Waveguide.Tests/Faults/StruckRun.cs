using System.Text.Json;
using Waveguide.Amplitude;
using Waveguide.Cli;
using Waveguide.Cli.Configuration;
using Waveguide.Destinations.DuckDb;
using Waveguide.Simulator;
using Waveguide.Tests.Cli;

namespace Waveguide.Tests.Faults;

/// <summary>A run over four days, of which the third is struck by a fault, brought to the point where it begins.</summary>
internal sealed class StruckRun : IAsyncDisposable
{
    private const string Days = $" --from {CalmRun.From} --until {CalmRun.Until}";

    /// <summary>So long that no day is final when it is loaded, and every day is after it.</summary>
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromHours(144);

    private readonly Shell _shell;
    private readonly ImpatientClock _clock;
    private readonly Struck _struck;
    private readonly RunKind _kind;
    private readonly bool _forever;

    private StruckRun(Shell shell, ImpatientClock clock, Struck struck, RunKind kind, bool forever)
    {
        _shell = shell;
        _clock = clock;
        _struck = struck;
        _kind = kind;
        _forever = forever;
    }

    public static HourRange StruckDay { get; } = new(UploadHour.Parse("2025-07-09"), UploadHour.Parse("2025-07-10"));

    private bool WasLoaded => _kind is RunKind.SecondLook or RunKind.LoadAgain;

    public static async Task<StruckRun> StartAsync(Struck struck, RunKind kind, bool forever)
    {
        var script = FaultScript.Of(
            new FaultRule
            {
                Fault = struck.Fault,
                Status = struck.Status,
                From = StruckDay.From.Start,
                Until = StruckDay.Until.Start,
                // A day is one request, so the fifth is the first after four days were loaded.
                Request = kind is RunKind.SecondLook or RunKind.LoadAgain ? 5 : 1,
                Times = forever ? int.MaxValue : 1,
            }
        );
        var clock = new ImpatientClock(Shell.Now) { Patience = TimeSpan.FromSeconds(90) };
        // Whoever waits for nothing asks again before the simulator has seen that it was left.
        var shell = await Shell.StartAsync(
            CalmRun.Traffic,
            options => options with { Faults = script, ConcurrencyLimit = int.MaxValue, Clock = clock }
        );
        shell.Clock = clock;
        // The time that runs out on a request that stands still would run out on those beside it.
        var requests = struck.Fault == FaultKind.Stall ? 1 : 4;
        shell.WithFile(
            "waveguide.yml",
            $"source: {{confirm_after: {ConfirmAfter.TotalHours}h, requests: {requests}}}\nload: {{spool: ./spool}}\n"
        );
        var run = new StruckRun(shell, clock, struck, kind, forever);
        await run.PrepareAsync();
        return run;
    }

    public async Task<Outcome> RunAndEndAsync() => (await RunAsync()).Ended(ExitCode.Done);

    /// <summary>Runs, and sees that it says what failed and why, and tells its caller so.</summary>
    public async Task RunAndFailAsync(string reason)
    {
        var outcome = (await RunAsync()).Ended(ExitCode.SomeFailed);
        var failures = outcome.ErrorLines.Where(line => line.Contains(" failed: ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(failures);
        Assert.All(failures, line => Assert.Contains("Z events 2025-07-09", line, StringComparison.Ordinal));
        Assert.Contains(reason, outcome.Flat, StringComparison.Ordinal);
        Assert.Contains(", 24 hours failed (waveguide gaps)", outcome.Flat, StringComparison.Ordinal);
    }

    /// <summary>Lets so much time pass that every hour is due for its second look.</summary>
    public void Age() => _clock.Advance(ConfirmAfter);

    public async Task AssertStruckDayIsAsBeforeAsync(CalmRun calm)
    {
        var rows = CalmRun.Read(_shell.Warehouse);
        var found = rows.ToLookup(row => row.Hour, row => row.Uuid);
        var ledger = await LedgerAsync();
        var (before, now) = WasLoaded
            ? (HourState.Provisional, HourState.Confirmed)
            : (HourState.Failed, HourState.Provisional);
        foreach (var hour in CalmRun.Days.Hours())
        {
            var isStruck = StruckDay.Contains(hour);
            Assert.Equal(isStruck ? before : now, ledger[hour]?.State);
            Assert.Equal(isStruck && !WasLoaded ? [] : CalmRun.Truth(hour), found[hour]);
        }

        Assert.All(rows, row => Assert.Equal(calm.Rows[row.Uuid], row.Hash));
        Assert.Empty(Spooled());
        await AssertGapsAsync();
    }

    public async Task AssertWholeAsync(CalmRun calm)
    {
        var found = CalmRun.Read(_shell.Warehouse, _struck.Rewritten ?? "false");
        var byHour = found.ToLookup(row => row.Hour, row => row.Uuid);
        var ledger = await LedgerAsync();
        foreach (var hour in CalmRun.Days.Hours())
        {
            var rows = byHour[hour].ToList();
            Assert.Equal(Exported(hour, rows), rows);
            Assert.Equal(rows.Count, ledger[hour]!.Tally.Rows);
        }

        Assert.Empty(ledger.Gaps(CalmRun.Days));
        AssertRewritten(calm, found);
        Assert.Empty(Spooled());
    }

    public async Task AssertTruthAsync(CalmRun calm)
    {
        var rows = CalmRun.Read(_shell.Warehouse);
        var found = rows.ToLookup(row => row.Hour, row => row.Uuid);
        Assert.All(CalmRun.Days.Hours(), hour => Assert.Equal(CalmRun.Truth(hour), found[hour]));
        Assert.All(rows, row => Assert.Equal(calm.Rows[row.Uuid], row.Hash));
        Assert.Equal(CalmRun.Days.Hours(), (await LedgerAsync()).Records.Select(record => record.Hour));
    }

    public ValueTask DisposeAsync() => _shell.DisposeAsync();

    private async Task<Outcome> RunAsync()
    {
        var asked = _shell.Amplitude.Requests.Count;
        var running = _shell.RunAsync((_kind == RunKind.LoadAgain ? "backfill --again" : "sync") + Days);
        if (_struck.Fault == FaultKind.Stall)
        {
            await PassAsync(asked, running);
        }

        return await running;
    }

    /// <summary>Lets the time of each request run out that stands still, and of no other.</summary>
    /// <param name="asked">Requests before the run.</param>
    private async Task PassAsync(int asked, Task running)
    {
        var left = _forever ? int.MaxValue : 1;
        while (left > 0 && !running.IsCompleted)
        {
            var requests = _shell.Amplitude.Requests;
            if (
                requests.Count > asked
                && requests[^1].Start!.StartsWith($"{StruckDay.From.Start:yyyyMMdd}", StringComparison.Ordinal)
            )
            {
                left--;
                _clock.Advance(TimeSpan.FromMinutes(11));
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
            _shell.Watch = line =>
            {
                if (line.Contains(" committed", StringComparison.Ordinal))
                {
                    interruption.Cancel();
                }
            };
            var cut = await _shell.RunAsync($"sync --from {CalmRun.From} --until 2025-07-09", interruption.Token);
            cut.Ended(ExitCode.Interrupted);
            _shell.Watch = _ => { };
        }
        else if (WasLoaded)
        {
            (await _shell.RunAsync("sync" + Days)).Ended(ExitCode.Done);
            Assert.Equal(4, _shell.Amplitude.Requests.Count);
            Age();
        }
    }

    /// <summary><c>waveguide gaps</c> lists the day, hour by hour or as one, with the reason; nothing if it is loaded.</summary>
    private async Task AssertGapsAsync()
    {
        var gaps = (await _shell.RunAsync($"gaps --json{Days}")).Ended(ExitCode.Done).Json;
        var hours = gaps.SelectMany(gap => new HourRange(Hour(gap, "from"), Hour(gap, "until")).Hours());
        Assert.Equal(WasLoaded ? [] : [StruckDay], HourRange.Gather(hours));
    }

    /// <summary>What the struck export holds, which is the truth but for the faults that add or hold back rows.</summary>
    private List<string> Exported(UploadHour hour, List<string> rows)
    {
        var truth = CalmRun.Truth(hour);
        if (!StruckDay.Contains(hour))
        {
            return truth;
        }

        var before = CalmRun.Truth(hour.AddHours(-1));
        switch (_struck.Fault)
        {
            case FaultKind.LateHour:
                return [];
            case FaultKind.LateRows:
                Assert.Equal(Math.Max(0, truth.Count - 1), rows.Count);
                return [.. truth.Intersect(rows, StringComparer.Ordinal)];
            case FaultKind.DayFile when hour == StruckDay.From:
                return [.. StruckDay.Hours().SelectMany(CalmRun.Truth).Order(StringComparer.Ordinal)];
            case FaultKind.DayFile:
                return [];
            case FaultKind.RepeatedInHours when truth.Count > 0 && before.Count > 0:
                var repeated = Assert.Single(rows.Except(truth, StringComparer.Ordinal));
                Assert.Contains(repeated, before);
                return [.. truth.Append(repeated).Order(StringComparer.Ordinal)];
            default:
                return truth;
        }
    }

    /// <summary>
    /// Rows differ from those of a calm run where the fault rewrote them, as it did, and nowhere else. A second look that
    /// finds the same uuids leaves them as they were.
    /// </summary>
    private void AssertRewritten(CalmRun calm, List<CalmRun.Held> found)
    {
        var altered = found.Where(row => row.Hash != calm.Rows[row.Uuid]).ToList();
        Assert.Equal(_struck.Rewritten is not null && _kind != RunKind.SecondLook, altered.Count > 0);
        Assert.All(altered, row => Assert.True(row.Meets && StruckDay.Contains(row.Hour), $"{row} is altered."));
        Assert.Equal(altered.Count, found.Count(row => row.Meets));
    }

    private async Task<Coverage> LedgerAsync()
    {
        await using var destination = DuckDbDestination.Open(
            new DuckDbDestinationOptions { Path = _shell.Warehouse, ReadOnly = true },
            _clock
        );
        return await destination.CoverageAsync(ProjectSettings.DefaultName, EventsTable.Definition, default);
    }

    private static UploadHour Hour(JsonElement gap, string end) => UploadHour.Parse(gap.GetProperty(end).GetString()!);

    private IEnumerable<string> Spooled() => Directory.EnumerateFileSystemEntries(Path.Combine(_shell.Folder, "spool"));
}
