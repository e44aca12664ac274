using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

/// <summary>The verb with models of the user's own; those of Waveguide have tests of their own.</summary>
public sealed class TransformTests
{
    private const string Settings = """
        name: shop
        model-paths: [models]
        vars: {least: 2, word: it}
        """;

    [Fact]
    public async Task Transform_shows_each_model_with_rows_and_seconds()
    {
        await using var shell = await StartAsync();
        var outcome = (await shell.RunAsync("transform --models shop")).Ended(ExitCode.Done);
        Assert.Matches(@"^  per_hour +48 rows +\d+\.\d s$", Assert.Single(outcome.ErrorLines));
        Assert.Matches(@"^1 model built, 0 up to date, 1 check hold, \d+\.\d s\.$", Assert.Single(outcome.OutLines));
        var again = (await shell.RunAsync("transform --models shop")).Ended(ExitCode.Done);
        Assert.Matches(@"^1 model up to date, nothing to do, \d+\.\d s\.$", Assert.Single(again.OutLines));
        Assert.Empty(again.Error);
    }

    [Fact]
    public async Task Json_is_one_object_a_line()
    {
        await using var shell = await StartAsync();
        var lines = (await shell.RunAsync("transform --models shop --json")).Ended(ExitCode.Done).Json.ToList();
        Assert.Equal(
            [
                "event model how rows seconds",
                "event check severity failing seconds",
                "event built up_to_date failed skipped checks broken seconds",
            ],
            lines.Select(Outcome.Keys)
        );
        Assert.Equal(48, lines[0].GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task A_broken_check_is_told_and_gives_exit_code_1()
    {
        await using var shell = await StartAsync();
        var outcome = (await shell.RunAsync("transform --models shop --var least=3 --quiet")).Ended(
            ExitCode.SomeFailed
        );
        Assert.Equal("error: 48 rows break enough.", outcome.Error.Trim());
        Assert.Contains("1 of 1 check broken", outcome.Out);
    }

    [Fact]
    public async Task A_model_that_the_warehouse_refuses_is_named_and_gives_exit_code_1()
    {
        await using var shell = await StartAsync();
        shell.WithFile("shop/models/per_hour.sql", "select nothing from {{ source('amplitude', 'events') }}");
        var outcome = (await shell.RunAsync("transform --models shop")).Ended(ExitCode.SomeFailed);
        Assert.Contains("shop/models/per_hour.sql failed: warehouse.duckdb: Binder Error", outcome.Flat);
        Assert.Contains("1 failed, 0 left as they were", outcome.Out);
    }

    [Theory]
    [InlineData("--select per_our", "there is no model \"per_our\". Did you mean \"per_hour\"?")]
    [InlineData("--var leest=3", "unknown variable \"leest\" of the models. Did you mean \"least\"?")]
    [InlineData("--var least", "--var must be a name, = and a value, such as session_idle_minutes=30, not \"least\".")]
    [InlineData("--models nowhere", "cannot be read")]
    public async Task What_is_not_there_is_refused(string words, string expected)
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "transform: { models: shop }");
        var outcome = (await shell.RunAsync($"transform {words}")).Ended(ExitCode.Usage);
        Assert.Contains(expected, outcome.Flat);
    }

    [Fact]
    public async Task Models_and_variables_of_the_file_hold_and_those_of_the_command_line_are_stronger()
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "transform:\n  models: shop\n  vars: { least: 3, word: '${WORD:-that}' }\n");
        (await shell.RunAsync("transform")).Ended(ExitCode.SomeFailed);
        (await shell.RunAsync("transform --full-refresh --var least=1")).Ended(ExitCode.Done);
        var words = await shell.RunAsync(["query", "select distinct word from analytics.per_hour", "--format", "csv"]);
        Assert.Equal(["word", "that"], words.OutLines);
    }

    [Fact]
    public async Task Sync_runs_the_models_when_it_is_told_to()
    {
        await using var shell = await StartAsync(sync: false);
        shell.WithFile("waveguide.yml", "transform: { models: shop }\n");
        var outcome = (await shell.RunAsync("sync --from 2025-07-10 --transform")).Ended(ExitCode.Done);
        Assert.Equal(2, outcome.OutLines.Count);
        Assert.StartsWith("1 model built", outcome.OutLines[1]);
    }

    private static async Task<Shell> StartAsync(bool sync = true)
    {
        var shell = await Shell.StartAsync();
        Directory.CreateDirectory(Path.Combine(shell.Folder, "shop", "models"));
        Directory.CreateDirectory(Path.Combine(shell.Folder, "shop", "tests"));
        shell
            .WithFile("shop/dbt_project.yml", Settings)
            .WithFile("shop/models/_s.yml", "sources: [{name: amplitude, tables: [{name: events}]}]")
            .WithFile(
                "shop/models/per_hour.sql",
                """
                {{ config(materialized='table') }}
                select _upload_hour, count(*) as events, '{{ var('word') }}' as word
                from {{ source('amplitude', 'events') }} group by all
                """
            )
            .WithFile("shop/tests/enough.sql", "select * from {{ ref('per_hour') }} where events < {{ var('least') }}");
        if (sync)
        {
            (await shell.RunAsync("sync --from 2025-07-10 --quiet")).Ended(ExitCode.Done);
        }

        return shell;
    }
}
