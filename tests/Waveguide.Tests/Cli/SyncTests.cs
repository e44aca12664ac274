using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class SyncTests
{
    [Fact]
    public async Task Two_variables_are_enough_to_load_what_there_is()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Equal(
            "2025-07-12T02:30:00Z events done: 720 hours, 96 rows, 0 rejected",
            Assert.Single(outcome.OutLines)
        );
        Assert.Contains("events 2025-06-12 00:00 .. 2025-07-12 00:00 UTC: 720 of 720 hours to fetch", outcome.Flat);
        Assert.Contains("events 2025-07-11 committed: 48 rows,", outcome.Flat);
    }

    [Fact]
    public async Task A_second_run_asks_for_nothing()
    {
        await using var shell = await Shell.StartAsync();
        (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        var before = shell.Amplitude.Requests.Count;
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Equal(before, shell.Amplitude.Requests.Count);
        Assert.Contains("2025-07-10 00:00 .. 2025-07-12 00:00 UTC: nothing to fetch in 48 hours", outcome.Flat);
        Assert.Contains("done: 0 hours, 0 rows, 0 rejected", outcome.Out);
    }

    [Fact]
    public async Task A_run_with_nothing_to_fetch_removes_what_a_killed_one_left_in_the_spool()
    {
        await using var shell = await Shell.StartAsync();
        shell.WithFile("waveguide.yml", "load:\n  spool: ./spool\n");
        (await shell.RunAsync("sync --from 2025-07-10 --table events")).Ended(ExitCode.Done);
        var left = Path.Combine(shell.Folder, "spool", "waveguide-4121-8f0c");
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "export.zip"), "PK");
        await File.WriteAllTextAsync(left + ".lock", "");
        var outcome = (await shell.RunAsync("sync --table events")).Ended(ExitCode.Done);
        Assert.Contains("nothing to fetch", outcome.Flat);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(shell.Folder, "spool")));
    }

    [Fact]
    public async Task Quiet_leaves_the_result()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync --from 2025-07-10 --quiet")).Ended(ExitCode.Done);
        Assert.Empty(outcome.Error);
        Assert.Contains("events done: 48 hours, 96 rows", Assert.Single(outcome.OutLines));
    }

    [Fact]
    public async Task Verbose_tells_of_every_request()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync --from 2025-07-10 -v")).Ended(ExitCode.Done);
        Assert.Equal(2, outcome.ErrorLines.Count(line => line.EndsWith("answered 200", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Json_is_one_small_object_for_each_event()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync --from 2025-07-10 --json")).Ended(ExitCode.Done);
        Assert.Empty(outcome.Error);
        Assert.Equal(
            [
                "event project table from until hours requests",
                "event project table from until rows rejected seconds",
                "event project table from until rows rejected seconds",
                "event project table hours rows rejected repaired duplicates replaced failed",
            ],
            outcome.Json.Select(Outcome.Keys)
        );
        Assert.Equal(
            ["planned", "committed", "committed", "done"],
            outcome.Json.Select(line => line.GetProperty("event").GetString())
        );
        Assert.Equal("2025-07-11T00", outcome.Json[1].GetProperty("until").GetString());
        Assert.Equal(96, outcome.Json[3].GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task An_interrupted_run_keeps_what_is_committed_and_the_next_one_ends_it()
    {
        await using var shell = await Shell.StartAsync();
        using var stop = new CancellationTokenSource();
        shell.Watch = line =>
        {
            if (line.Contains("committed", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        };
        var cut = (await shell.RunAsync("sync --from 2025-07-10", stop.Token)).Ended(ExitCode.Interrupted);
        Assert.Contains("events interrupted: 24 of 48 hours committed, 48 rows", cut.Flat);
        Assert.Contains("Run the same command again: it goes on from here.", cut.Flat);
        var next = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Contains("events done: 24 hours, 48 rows", next.Out);
        Assert.Equal(
            "96",
            (await shell.RunAsync(["query", "select count(*) from amplitude.events"])).OutLines[1].Trim()
        );
    }

    [Fact]
    public async Task A_run_that_has_nothing_to_do_yet_says_when()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("sync --from 2025-07-12")).Ended(ExitCode.Done);
        Assert.Contains(
            "nothing is due: the first wanted hour, 2025-07-12 00:00 UTC, is not published yet",
            outcome.Flat
        );
    }

    [Fact]
    public async Task Without_keys_no_warehouse_is_made()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment.Remove("AMP_SECRET_KEY");
        (await shell.RunAsync("sync")).Ended(ExitCode.Usage);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
    }
}
