using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class StateTests
{
    private const string Forget = "state forget --from 2025-07-10T06 --until 2025-07-10T12";

    [Fact]
    public async Task State_sums_up_the_ledger_and_exports_it()
    {
        await using var shell = await LoadedAsync();
        var show = (await shell.RunAsync("state show")).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "table   state        hours  rows  rejected  first .. last (UTC)",
                "events  confirmed       24    48         0  2025-07-10T00 .. 2025-07-10T23",
                "events  provisional     24    48         0  2025-07-11T00 .. 2025-07-11T23",
            ],
            show.OutLines
        );
        var json = (await shell.RunAsync("state show --json")).Json;
        Assert.Equal("project table state first last hours rows rejected", Outcome.Keys(json[0]));
        var export = (await shell.RunAsync("state export")).Ended(ExitCode.Done).Json;
        Assert.Equal(48, export.Count);
        Assert.Equal("2025-07-10T00", export[0].GetProperty("hour").GetString());
        Assert.Equal("2025-07-12T02:30:00Z", export[0].GetProperty("loaded_at").GetString());
    }

    [Theory]
    [InlineData("y")]
    [InlineData("YES")]
    public async Task Hours_are_forgotten_once_a_person_agrees(string answer)
    {
        await using var shell = await LoadedAsync();
        shell.Answer = answer;
        var outcome = (await shell.RunAsync(Forget)).Ended(ExitCode.Done);
        Assert.Contains("Remove 6 hours of events 2025-07-10T06..2025-07-10T12 with 12 rows?", outcome.Flat);
        Assert.Contains("[y/N]", outcome.Error);
        Assert.Contains("Forgot 6 hours", outcome.Out);
        Assert.Contains("events done: 6 hours, 12 rows", (await shell.RunAsync("sync")).Ended(ExitCode.Done).Out);
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public async Task Nothing_is_forgotten_when_the_answer_is_no(string answer)
    {
        await using var shell = await LoadedAsync();
        shell.Answer = answer;
        var outcome = (await shell.RunAsync(Forget)).Ended(ExitCode.Interrupted);
        Assert.Empty(outcome.Out);
        Assert.EndsWith("Nothing was forgotten.", outcome.Flat, StringComparison.Ordinal);
        Assert.Contains("nothing to fetch", (await shell.RunAsync("sync")).Flat);
    }

    [Fact]
    public async Task Without_anybody_to_ask_yes_must_be_said()
    {
        await using var shell = await LoadedAsync();
        var outcome = (await shell.RunAsync(Forget)).Ended(ExitCode.Usage);
        Assert.Contains("Nobody is here to ask: say --yes if that is meant.", outcome.Flat);
        var agreed = (await shell.RunAsync($"{Forget} --yes")).Ended(ExitCode.Done);
        Assert.Contains("Forgot 6 hours of events 2025-07-10T06..2025-07-10T12 with 12 rows.", agreed.Flat);
        Assert.Empty(agreed.Error);
    }

    [Fact]
    public async Task Forgetting_makes_no_warehouse()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync($"{Forget} --yes")).Ended(ExitCode.Destination);
        Assert.Contains("There is no warehouse", outcome.Flat);
        Assert.False(File.Exists(shell.Warehouse));
    }

    private static async Task<Shell> LoadedAsync()
    {
        var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-10 --quiet");
        return shell;
    }
}
