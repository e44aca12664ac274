using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_needs_nothing_and_says_what_to_type_next()
    {
        await using var shell = await Shell.StartAsync();
        shell.Environment.Clear();
        shell.Environment["WAVEGUIDE_DESTINATION"] = "s3://not-this-one";
        shell.WithFile("waveguide.yml", "broken: [");
        var outcome = (await shell.RunAsync("demo --events-per-day 3000")).Ended(ExitCode.Done);
        Assert.Matches(
            @"Landed in \./waveguide-demo\.duckdb: \d+,\d{3} events, 72 hours, 0 rejected, 0 missing\.",
            outcome.Flat
        );
        Assert.Matches(@"Busiest hour  2025-07-\d\d \d\d:00 UTC", outcome.Out);
        Assert.Matches(@"Visitors      \d+,\d{3} from \d+ countries", outcome.Out);
        Assert.Empty(shell.Amplitude.Requests);

        File.Delete(Path.Combine(shell.Folder, "waveguide.yml"));
        shell.Environment.Clear();
        var status = outcome.OutLines.Single(line => line.Contains("waveguide status", StringComparison.Ordinal));
        var shown = (
            await shell.RunAsync(status.Replace("waveguide status", "status", StringComparison.Ordinal))
        ).Ended(ExitCode.Done);
        Assert.Contains("Complete from 2025-07-09 00:00 to 2025-07-12 00:00 UTC.", shown.Out);
        var sql = outcome
            .OutLines.Single(line => line.Contains("select event_type", StringComparison.Ordinal))
            .Trim()
            .Trim('"');
        var rows = await shell.RunAsync(["query", "--destination", "duckdb:waveguide-demo.duckdb", sql]);
        Assert.Contains("[Amplitude] Page Viewed", rows.Ended(ExitCode.Done).Out);
    }

    [Fact]
    public async Task Demo_answers_the_four_questions_with_the_query_behind_each()
    {
        await using var shell = await Shell.StartAsync();
        var outcome = (await shell.RunAsync("demo --events-per-day 3000")).Ended(ExitCode.Done);
        Assert.Matches(@"Which journeys do users take\? [\d,]+ sessions saw a page, \d", outcome.Flat);
        Assert.Matches(@"Which companies visit\? [1-9]\d?\.\d % of the sessions came from", outcome.Flat);
        Assert.Matches(@"click the same thing again and again\? Yes: \d+ rage bursts", outcome.Flat);
        Assert.Matches(
            @"menu of the UK website confuses\? (There is no clear evidence|Yes: \d of 8 signs)",
            outcome.Flat
        );
        Assert.Contains("Thresholds: rage_clicks=4, rage_milliseconds=1000, rage_pixels=50", outcome.Flat);
        const string Query = "waveguide query --destination duckdb:waveguide-demo.duckdb \\\n";
        var queries = outcome
            .Out.ReplaceLineEndings("\n")
            .Split(Query)
            .Skip(1)
            .Select(rest => rest.Split('"')[1])
            .ToList();
        Assert.Equal(5, queries.Count);
        foreach (var sql in queries)
        {
            var rows = await shell.RunAsync(["query", "--destination", "duckdb:waveguide-demo.duckdb", sql]);
            Assert.True(rows.Ended(ExitCode.Done).OutLines.Count >= 4, sql);
        }
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_gets_a_sentence()
    {
        await using var shell = await Shell.StartAsync();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "waveguide-demo.duckdb"));
        var outcome = (await shell.RunAsync("demo")).Ended(ExitCode.Destination);
        Assert.Contains("waveguide-demo.duckdb cannot be replaced (", outcome.Flat);
        Assert.Contains("Run the demo in a folder where you may write.", outcome.Flat);
    }
}
