using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("init")]
    [InlineData("check")]
    [InlineData("tables")]
    [InlineData("plan")]
    [InlineData("sync")]
    [InlineData("backfill")]
    [InlineData("transform")]
    [InlineData("enrich")]
    [InlineData("enrich ip")]
    [InlineData("status")]
    [InlineData("gaps")]
    [InlineData("quarantine")]
    [InlineData("query")]
    [InlineData("apply-deletions")]
    [InlineData("state")]
    [InlineData("state show")]
    [InlineData("state export")]
    [InlineData("state forget")]
    [InlineData("demo")]
    [InlineData("simulate")]
    public async Task Every_verb_explains_itself(string verb)
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync($"{verb} --help")).Ended(ExitCode.Done);
        Assert.Empty(outcome.Error);
        Assert.Contains($"waveguide {verb}".Trim(), outcome.Out);
        Assert.DoesNotContain("<hour>", outcome.Out);
    }

    [Theory]
    [InlineData("", "demo")]
    [InlineData("state", "forget")]
    public async Task Without_a_verb_the_verbs_are_listed(string words, string verb)
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync(words)).Ended(ExitCode.Usage);
        Assert.Empty(outcome.Out);
        Assert.Contains($"  {verb} ", outcome.Error);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        await using var shell = await Shell.StartAsync();
        Assert.Matches(
            @"^\d+\.\d+\.\d+",
            Assert.Single((await shell.RunAsync("--version")).Ended(ExitCode.Done).OutLines)
        );
    }

    [Fact]
    public async Task Tables_lists_what_can_be_carried_and_every_column()
    {
        await using var shell = await Shell.StartAsync();
        var tables = (await shell.RunAsync("tables"))
            .Ended(ExitCode.Done)
            .OutLines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["table", "kind", "cols", "cursor", "key"], tables.First());
        Assert.Equal(["events", "hourly", "55", "server_upload_time", "uuid"], tables.ElementAt(1));
        Assert.Contains(tables, line => line is ["events_list", "snapshot", _, "-", "value"]);
        var columns = (await shell.RunAsync("tables events")).Ended(ExitCode.Done);
        Assert.Contains("  timestamp  When the event happened, UTC", columns.Out);
        var json = Assert.Single((await shell.RunAsync("tables events --json")).Json);
        Assert.Equal("table kind primary_key cursor columns", Outcome.Keys(json));
        Assert.Equal("name source type description", Outcome.Keys(json.GetProperty("columns")[0]));
        Assert.Equal(55, json.GetProperty("columns").GetArrayLength());
    }
}
