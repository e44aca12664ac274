using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_lists_requests_and_makes_none()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("plan --from 2025-07-10T22")).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "events 2025-07-10 22:00 .. 2025-07-12 00:00 UTC: 26 of 26 hours to fetch",
                "  2025-07-10T22..2025-07-11T00   2 hours",
                "  2025-07-11T00..2025-07-12T00   24 hours",
            ],
            outcome.OutLines
        );
        Assert.Empty(shell.Amplitude.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
    }

    [Fact]
    public async Task What_is_due_for_a_second_look_is_told()
    {
        await using var shell = await Shell.StartAsync();
        (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        var before = shell.Amplitude.Requests.Count;
        shell.Clock = new Tests.Simulator.ManualClock(Shell.Now.AddDays(1));
        var outcome = (await shell.RunAsync("plan --json")).Ended(ExitCode.Done);
        Assert.All(
            outcome.Json,
            line => Assert.Equal("project table from until hours second_look", Outcome.Keys(line))
        );
        Assert.Equal([24, 0], outcome.Json.Select(line => line.GetProperty("second_look").GetInt32()));
        Assert.Contains("24 hours   second look", (await shell.RunAsync("plan")).Out);
        Assert.Equal(before, shell.Amplitude.Requests.Count);
    }
}
