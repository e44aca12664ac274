using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class GapsTests
{
    private static readonly DateTime Hour = new(2025, 7, 10, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task An_hour_that_is_too_large_is_a_gap_with_a_way_out()
    {
        var data = Shell
            .TwoDays()
            .Clear(Hour)
            .Add(Hour, 1, [.. Enumerable.Range(0, 100).Select(row => Shell.Row($"many-{row}", Hour))]);
        await using var shell = await Shell.StartAsync(data, options => options with { SizeLimitBytes = 5_000 });
        var sync = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.SomeFailed);
        Assert.Contains("events 2025-07-10 split: over Amplitude's 4 GB limit", sync.Flat);
        Assert.Contains("47 hours, 94 rows, 0 rejected, 1 hour too large (waveguide gaps)", sync.Flat);

        var gaps = (await shell.RunAsync("gaps")).Ended(ExitCode.Done);
        Assert.Equal("events  2025-07-10 08:00 UTC  1 hour  too large", gaps.OutLines[0]);
        Assert.Contains("waveguide backfill --from 2025-07-10T08 --until 2025-07-10T09 --again", gaps.Flat);
        var json = Assert.Single((await shell.RunAsync("gaps --json")).Json);
        Assert.Equal("project table from until hours state reason", Outcome.Keys(json));
        Assert.Equal("too-large", json.GetProperty("state").GetString());
        Assert.Contains("▲", (await shell.RunAsync("status")).Out);
        Assert.Contains("nothing to fetch", (await shell.RunAsync("sync")).Ended(ExitCode.Done).Flat);
    }

    [Fact]
    public async Task An_hour_that_failed_is_a_gap_with_the_reason_and_is_tried_again()
    {
        var data = Shell.TwoDays().Add(Hour, 2, "no json"u8.ToArray());
        await using var shell = await Shell.StartAsync(data);
        shell.WithFile("waveguide.yml", "load:\n  max_rejected: 0\n");
        var sync = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.SomeFailed);
        Assert.Contains("events 2025-07-10 failed: 1 of 49 lines are not JSON objects", sync.Flat);
        Assert.Contains("raise max_rejected", sync.Flat);
        Assert.Contains("24 hours, 48 rows, 0 rejected, 24 hours failed (waveguide gaps)", sync.Flat);

        var gaps = (await shell.RunAsync("gaps")).Ended(ExitCode.Done);
        Assert.Contains("events 2025-07-10 00:00 .. 2025-07-11 00:00 UTC 24 hours failed", gaps.Flat);
        Assert.Contains("The next waveguide sync tries again.", gaps.Flat);
        Assert.Contains("✗", (await shell.RunAsync("status")).Out);

        shell.WithFile("waveguide.yml", string.Empty);
        (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Equal(
            "events  no gaps: 48 hours wanted, all loaded.",
            Assert.Single((await shell.RunAsync("gaps")).OutLines)
        );
        Assert.Empty((await shell.RunAsync("gaps --json")).Out);
    }
}
