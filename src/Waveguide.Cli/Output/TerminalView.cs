using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Waveguide.Cli.Output;

/// <summary>A bar that fills with hours, and how fast; below it, what went wrong.</summary>
internal sealed class TerminalView(CliHost host) : IRunView
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error), Interactive = InteractionSupport.Yes }
    );

    public async Task<RunReport> WatchAsync(
        string project,
        Table table,
        Func<IProgress<PipelineEvent>, Task<RunReport>> run
    )
    {
        var figures = new Progressed(host.Clock);
        var report = await _console
            .Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new FiguresColumn(figures))
            .StartAsync(async context =>
            {
                var bar = context.AddTask(table.Name, autoStart: true, maxValue: 1);
                return await run(new Reporter(happened => Show(table, bar, figures, happened)));
            });
        await host.Out.WriteLineAsync(RunText.Done(table, report) + $", {Figures.Seconds(figures.Elapsed)}");
        return report;
    }

    private void Show(Table table, ProgressTask bar, Progressed figures, PipelineEvent happened)
    {
        switch (happened)
        {
            case PipelineEvent.Planned { Plan: var plan }:
                _console.WriteLine(RunText.Planned(table, plan));
                figures.Hours = plan.Hours;
                bar.MaxValue = Math.Max(1, plan.Hours);
                break;
            case PipelineEvent.Committed { Manifest: var manifest }:
                figures.Add(manifest);
                bar.Value = figures.Done;
                break;
            case PipelineEvent.Failed failed:
                figures.Done += failed.Slice.Hours.Count;
                bar.Value = figures.Done;
                _console.WriteLine(ErrorText.Wrap("  " + RunText.Happened(happened)));
                break;
            default:
                _console.WriteLine("  " + RunText.Happened(happened));
                break;
        }
    }

    /// <summary>What has been done, and how fast.</summary>
    private sealed class Progressed(TimeProvider clock)
    {
        private readonly long _started = clock.GetTimestamp();

        public int Hours { get; set; }

        public int Done { get; set; }

        public TimeSpan Elapsed => clock.GetElapsedTime(_started);

        private HourTally _tally;

        public void Add(Manifest manifest)
        {
            Done += manifest.Slice.Hours.Count;
            _tally += manifest.Tally;
        }

        public string Text()
        {
            var elapsed = Elapsed.TotalSeconds;
            var text = string.Create(CultureInfo.InvariantCulture, $"{Done:N0}/{Hours:N0} h");
            if (Done == 0 || elapsed <= 0)
            {
                return text;
            }

            var left = TimeSpan.FromSeconds(elapsed / Done * (Hours - Done));
            return $"{text}   {Figures.Short(_tally.Rows)} rows   {Figures.Bytes(_tally.Bytes)}   "
                + $"{Figures.Short(_tally.Rows / elapsed)} rows/s   {Left(left)} left";
        }

        private static string Left(TimeSpan left) =>
            left.TotalSeconds < 90 ? $"{left.TotalSeconds:N0} s" : $"{left.TotalMinutes:N0} min";
    }

    private sealed class FiguresColumn(Progressed figures) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(figures.Text());
    }
}
