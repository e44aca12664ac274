using Waveguide.Cli;
using Waveguide.DuckDb;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class SnapshotTests
{
    [Fact]
    public async Task A_snapshot_is_loaded_whole_and_told_without_hours()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync --table events_list")).Ended(ExitCode.Done);
        Assert.Contains("events_list: the whole table to fetch", outcome.Flat);
        Assert.Contains("events_list done: 12 rows, 0 rejected", outcome.Flat);
        var rows = await shell.RunAsync(["query", "select value, non_active from amplitude.events_list"]);
        Assert.Contains("session_start", rows.Out);
    }

    [Fact]
    public async Task A_young_snapshot_is_not_taken_again_and_an_older_one_is()
    {
        await using var shell = await Shell.StartAsync();
        (await shell.RunAsync("sync --table events_list")).Ended(ExitCode.Done);
        var before = shell.Amplitude.Requests.Count;
        var second = (await shell.RunAsync("sync --table events_list")).Ended(ExitCode.Done);
        Assert.Contains("what is there is young enough, nothing to fetch", second.Flat);
        Assert.Equal(before, shell.Amplitude.Requests.Count);
        shell.Clock = new ManualClock(Shell.Now.AddHours(1));
        (await shell.RunAsync("sync --table events_list")).Ended(ExitCode.Done);
        Assert.Equal(before + 1, shell.Amplitude.Requests.Count);
    }

    [Fact]
    public async Task One_table_that_fails_stops_no_other()
    {
        await using var shell = await Shell.StartAsync(change: options => options with { SizeLimitBytes = 1 });
        var outcome = await shell.RunAsync("sync --table events --table events_list --from 2025-07-11T23");
        outcome.Ended(ExitCode.SomeFailed);
        Assert.Contains("1 hour too large", outcome.Flat);
        Assert.Contains("events_list done: 12 rows", outcome.Flat);
    }

    [Fact]
    public async Task A_table_that_the_warehouse_does_not_take_stops_no_other()
    {
        await using var shell = await Shell.StartAsync();
        (await shell.RunAsync("sync --table events_list")).Ended(ExitCode.Done);
        using (var database = DuckDbDatabase.Open(new DuckDbOptions { Path = shell.Warehouse }))
        using (var connection = database.Connect())
        {
            connection.Execute("CREATE VIEW amplitude.annotations AS SELECT 1 AS id");
        }

        var outcome = await shell.RunAsync("sync --table annotations --table events --from 2025-07-11");
        outcome.Ended(ExitCode.Destination);
        Assert.Contains("error: annotations: ", outcome.Flat);
        Assert.Contains("events done: 24 hours, 48 rows", outcome.Flat);
    }
}
