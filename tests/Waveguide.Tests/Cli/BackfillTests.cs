using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class BackfillTests
{
    [Fact]
    public async Task A_range_is_loaded_and_nothing_else()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = await shell.RunAsync("backfill --from 2025-07-10T06 --until 2025-07-10T18");
        Assert.Contains("events done: 12 hours, 24 rows, 0 rejected", outcome.Ended(ExitCode.Done).Out);
        Assert.Contains("events 2025-07-10T06..T18 committed: 24 rows", outcome.Error);
        var request = Assert.Single(shell.Amplitude.Requests);
        Assert.Equal(("20250710T06", "20250710T17"), (request.Start, request.End));
    }

    [Fact]
    public async Task Again_reads_loaded_hours_and_replaces_those_with_other_content()
    {
        var data = Shell.TwoDays();
        await using var shell = await Shell.StartAsync(data);
        const string range = "backfill --from 2025-07-10 --until 2025-07-11";
        (await shell.RunAsync(range)).Ended(ExitCode.Done);
        Assert.Contains("nothing to fetch", (await shell.RunAsync(range)).Ended(ExitCode.Done).Flat);

        var hour = new DateTime(2025, 7, 10, 8, 0, 0, DateTimeKind.Utc);
        data.Clear(hour).Add(hour, 1, Shell.Row("late", hour));
        var again = (await shell.RunAsync($"{range} --again")).Ended(ExitCode.Done);
        Assert.Contains("24 of 24 hours to fetch, 24 of them for a second look", again.Flat);
        Assert.Contains("24 hours, 47 rows, 0 rejected, 1 hour replaced by other content", again.Flat);
        var json = (await shell.RunAsync($"{range} --again --json")).Ended(ExitCode.Done);
        Assert.Equal(0, json.Json[^1].GetProperty("replaced").GetArrayLength());
    }
}
