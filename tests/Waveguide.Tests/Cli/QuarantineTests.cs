using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class QuarantineTests
{
    private static readonly DateTime Hour = new(2025, 7, 10, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_line_that_was_put_aside_is_shown_with_its_place()
    {
        var wild = "{\"cut\": \u001b[31m"u8.ToArray();
        await using var shell = await Shell.StartAsync(
            Shell.TwoDays().Add(Hour, 2, Shell.Row("x", Hour), wild, new byte[200])
        );
        var sync = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        Assert.Contains("2 rejected (waveguide quarantine)", sync.Flat);
        Assert.Contains("2 lines in quarantine (waveguide quarantine).", (await shell.RunAsync("status")).Flat);

        var outcome = (await shell.RunAsync("quarantine")).Ended(ExitCode.Done);
        Assert.StartsWith("events  2025-07-10 08:00 UTC  line 2, byte ", outcome.OutLines[0], StringComparison.Ordinal);
        Assert.Contains("100000001_2025-07-10_8#2.json.gz", outcome.Out);
        Assert.Contains("  {\"cut\": .[31m", outcome.OutLines);
        Assert.Equal("2 lines.", Assert.Single(outcome.ErrorLines));
        Assert.Equal(
            "1 of 2 lines; --limit 2 shows all.",
            Assert.Single((await shell.RunAsync("quarantine --limit 1")).ErrorLines)
        );

        var json = (await shell.RunAsync("quarantine --json")).Json;
        Assert.Equal("project table hour part line offset reason raw", Outcome.Keys(json[0]));
        Assert.Equal("2025-07-10T08", json[0].GetProperty("hour").GetString());
    }

    [Fact]
    public async Task An_empty_quarantine_says_so()
    {
        await using var shell = await Shell.StartAsync();
        await shell.RunAsync("sync --from 2025-07-11 --quiet");
        var outcome = (await shell.RunAsync("quarantine")).Ended(ExitCode.Done);
        Assert.Empty(outcome.Out);
        Assert.Equal("Nothing is in quarantine.", Assert.Single(outcome.ErrorLines));
    }
}
