using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class ProjectsTests
{
    private const string Yaml = """
        destination: duckdb:./loaded.duckdb
        start: 2025-07-10
        source:
          url: ${AMPLITUDE_URL}
        load:
          max_rejected: 5
          threads: 1
        projects:
          - name: web
            api_key: wrong
            secret_key: wrong
          - name: app
            api_key: ${APP_API_KEY}
            secret_key: ${AMP_SECRET_KEY}
            start: 2025-07-11
        """;

    [Fact]
    public async Task A_project_with_wrong_keys_does_not_keep_the_others_from_loading()
    {
        await using var shell = await TwoAsync();
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Refused);
        Assert.Contains("error: web events: Amplitude refused these keys (403", outcome.Flat);
        Assert.Contains("app events done: 24 hours, 48 rows", outcome.Out);
        Assert.Contains("app events 2025-07-11 committed", outcome.Error);
        Assert.True(File.Exists(Path.Combine(shell.Folder, "loaded.duckdb")));
    }

    [Fact]
    public async Task Every_project_stands_in_status_gaps_plan_and_check()
    {
        await using var shell = await TwoAsync();
        await shell.RunAsync("sync --quiet");
        var status = (await shell.RunAsync("status --json")).Ended(ExitCode.Done);
        Assert.Equal(["web", "app"], status.Json.Select(line => line.GetProperty("project").GetString()));
        var gaps = (await shell.RunAsync("gaps")).Ended(ExitCode.Done);
        Assert.Contains("web events 2025-07-10 00:00 .. 2025-07-12 00:00 UTC 48 hours missing", gaps.Flat);
        Assert.Contains("app events no gaps: 24 hours wanted, all loaded.", gaps.Flat);
        var plan = (await shell.RunAsync("plan")).Ended(ExitCode.Done);
        Assert.Contains("web events 2025-07-10 00:00 .. 2025-07-12 00:00 UTC: 48 of 48 hours to fetch", plan.Flat);
        var check = (await shell.RunAsync("check")).Ended(ExitCode.Refused);
        Assert.Contains("project web)", check.Out);
        Assert.Contains("project app)", check.Out);
    }

    [Fact]
    public async Task One_project_can_be_forgotten_alone()
    {
        await using var shell = await TwoAsync();
        await shell.RunAsync("sync --quiet");
        const string range = "--from 2025-07-11 --until 2025-07-12 --yes";
        var none = (await shell.RunAsync($"state forget --project web {range}")).Ended(ExitCode.Done);
        Assert.Contains("The ledger has none of the hours 2025-07-11T00..2025-07-12T00.", none.Out);
        var some = (await shell.RunAsync($"state forget --project app {range}")).Ended(ExitCode.Done);
        Assert.Contains("Forgot 24 hours of app events 2025-07-11T00..2025-07-12T00 with 48 rows.", some.Flat);
        var other = (await shell.RunAsync($"state forget --project ap {range}")).Ended(ExitCode.Usage);
        Assert.Contains("there is no project \"ap\" in the configuration.", other.Flat);
    }

    private static async Task<Shell> TwoAsync()
    {
        var shell = await Shell.StartAsync();
        shell.Environment["APP_API_KEY"] = Shell.ApiKey;
        shell.Environment.Remove("AMP_API_KEY");
        return shell.WithFile("waveguide.yml", Yaml);
    }
}
