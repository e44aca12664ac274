using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_draws_the_days_and_says_how_far_they_are_complete()
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-09T12 --quiet");
        var outcome = (await shell.RunAsync("status")).Ended(ExitCode.Done);
        Assert.Empty(outcome.Error);
        Assert.Equal(
            [
                "project default · events · warehouse.duckdb",
                "newest complete hour at Amplitude: 2025-07-11 23:00 UTC",
                "              00 03 06 09 12 15 18 21",
                "  2025-07-09              ············  confirmed                0 rows",
                "  2025-07-10  ■■■■■■■■■■■■■■■■■■■■■■■■  confirmed               48 rows",
                "  2025-07-11  □□□□□□□□□□□□□□□□□□□□□□□□  provisional             48 rows",
                "  ■ confirmed  □ provisional, second look due  · empty  ✗ failed  ▲ too large",
                "  (blank) not loaded, or not wanted",
                "Complete from 2025-07-09 12:00 to 2025-07-12 00:00 UTC.",
            ],
            outcome.OutLines
        );
    }

    [Fact]
    public async Task Status_as_json_is_the_object_that_is_promised()
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-09T12 --until 2025-07-11T12 --quiet");
        var line = Assert.Single(
            (await shell.RunAsync("status --json --until 2025-07-12")).Ended(ExitCode.Done).OutLines
        );
        Assert.Equal(
            """{"project":"default","table":"events","from":"2025-07-09T12","until":"2025-07-12T00","hours":{"confirmed":36,"provisional":12,"failed":0,"too-large":0,"missing":12,"empty":12},"rows":72,"rejected":0,"lag":"PT15H"}""",
            line
        );
    }

    [Fact]
    public async Task Missing_days_are_counted_and_old_ones_left_out()
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("backfill --from 2025-07-11 --until 2025-07-11T20 --quiet");
        var outcome = (await shell.RunAsync("status --from 2025-07-01 --days 2")).Ended(ExitCode.Done);
        Assert.Contains("  2025-07-11  □□□□□□□□□□□□□□□□□□□□      4 missing               40 rows", outcome.Out);
        Assert.Contains("9 earlier days not shown (--days).", outcome.Out);
        Assert.Contains(
            "Nothing is loaded at 2025-07-01 00:00 UTC, the first wanted hour; 2 gaps (waveguide gaps).",
            outcome.Flat
        );
    }

    [Fact]
    public async Task Nothing_due_is_said_in_words()
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-11 --quiet");
        var outcome = (await shell.RunAsync("status --from 2025-07-20")).Ended(ExitCode.Done);
        Assert.Contains(
            "Nothing is due: the first wanted hour, 2025-07-20 00:00 UTC, is not published yet.",
            outcome.Flat,
            StringComparison.OrdinalIgnoreCase
        );
    }
}
