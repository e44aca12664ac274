using Spectre.Console;
using Waveguide.Cli;

namespace Waveguide.Tests.Cli;

public sealed class ProgressTests
{
    [Fact]
    public async Task A_terminal_gets_the_plan_the_troubles_and_one_last_line()
    {
        var data = Shell.TwoDays().Add(Shell.Now.Date.AddHours(-40), 2, "no json"u8.ToArray());
        await using var shell = await Shell.StartAsync(data);
        shell.WithFile("waveguide.yml", "load:\n  max_rejected: 0\n");
        using var results = new StringWriter();
        using var rest = new StringWriter();
        var host = shell.Host(results, rest) with { Terminal = Terminal(rest) };
        var code = await new Application(host).RunAsync(["sync", "--from", "2025-07-10"], CancellationToken.None);
        var outcome = new Outcome(code, results.ToString(), rest.ToString()).Ended(ExitCode.SomeFailed);
        OutputRules.Check(outcome);
        Assert.Contains("48 of 48 hours to fetch", outcome.Flat);
        Assert.Contains("events 2025-07-10 failed: 1 of 49 lines", outcome.Flat);
        Assert.StartsWith(
            "events done: 24 hours, 48 rows, 0 rejected, 24 hours failed",
            outcome.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_figures_fit_beside_the_bar()
    {
        var clock = new Tests.Simulator.ManualClock(Shell.Now);
        var hours = new HourRange(UploadHour.Parse("2010-01-01"), UploadHour.Parse("2025-07-01"));
        var table = Waveguide.Amplitude.EventsTable.Definition;
        var figures = new Waveguide.Cli.Output.RunFigures(clock);
        figures.Add(new PipelineEvent.Planned(new Plan(hours, [hours], [], [new Slice("default", table, hours)])));
        Assert.StartsWith("0/135,840 h  waiting for Amplitude, ", figures.ToString(), StringComparison.Ordinal);
        var done = hours with { Until = UploadHour.Parse("2024-07-01") };
        var record = new HourRecord(
            done.From,
            HourState.Confirmed,
            new HourTally(9_999_900_000, 0, 0, 0, 999_000_000_000),
            "x",
            24,
            Shell.Now
        );
        figures.Add(
            new PipelineEvent.Committed(
                new Manifest(new Slice("default", table, done), [record], [], [], "1", Shell.Now),
                TimeSpan.Zero
            )
        );
        var text = figures.ToString();
        Assert.StartsWith("127,080/135,840 h  9,999.9 M rows  999 GB  ", text, StringComparison.Ordinal);
        Assert.InRange("████████████████ ".Length + text.Length, 0, 100);
    }

    private static IAnsiConsole Terminal(TextWriter writer) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
}
