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
    public async Task A_table_that_has_nothing_to_fetch_and_a_snapshot_are_one_line_each()
    {
        await using var shell = await Shell.StartAsync();
        string[] lines =
        [
            "events_list done: 12 rows, 0 rejected, ",
            "events_list: what is there is young enough, nothing to fetch",
        ];
        foreach (var line in lines)
        {
            using var results = new StringWriter();
            using var rest = new StringWriter();
            var host = shell.Host(results, rest) with { Terminal = Terminal(rest) };
            Assert.Equal(
                ExitCode.Done,
                await new Application(host).RunAsync(["sync", "--table", "events_list"], default)
            );
            Assert.StartsWith(line, results.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("fetch", rest.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_note_on_a_terminal_covers_the_bar_that_it_is_written_over()
    {
        await using var shell = await Shell.StartAsync();
        using var rest = new StringWriter();
        var terminal = Terminal(rest);
        terminal.Profile.Width = 60;
        (shell.Host(TextWriter.Null, rest) with { Terminal = terminal }).Note(
            $"{new string('a', 50)} {new string('b', 40)}"
        );
        Assert.All(rest.ToString().TrimEnd('\n').Split('\n'), line => Assert.Equal(59, line.TrimEnd('\r').Length));
    }

    [Fact]
    public void A_snapshot_in_pieces_tells_how_many_there_are()
    {
        var figures = new Waveguide.Cli.Output.RunFigures(new Tests.Simulator.ManualClock(Shell.Now), "user_profiles");
        var table = Waveguide.Amplitude.Profiles.UserProfilesTable.Definition;
        var hour = HourRange.Single(UploadHour.Parse("2025-07-01"));
        var slice = new Slice("default", table, hour);
        figures.Add(new PipelineEvent.Planned(new Plan(hour, [hour], [], [slice]) { Kind = table.Kind }));
        Assert.Equal("user_profiles: waiting for Amplitude, 0 s", figures.ToString());
        figures.Add(new PipelineEvent.Fetching(600, 2_400, "user"));
        Assert.Equal("user_profiles: 600/2,400 users, 0 s", figures.ToString());
        Assert.Equal(0.25, figures.Share);
    }

    [Fact]
    public void The_figures_fit_beside_the_bar()
    {
        var clock = new Tests.Simulator.ManualClock(Shell.Now);
        var hours = new HourRange(UploadHour.Parse("2010-01-01"), UploadHour.Parse("2025-07-01"));
        var table = Waveguide.Amplitude.EventsTable.Definition;
        var figures = new Waveguide.Cli.Output.RunFigures(clock, "events");
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
