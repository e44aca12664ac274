using Spectre.Console;
using Spectre.Console.Rendering;
using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>A bar that fills with hours, and how fast; above it, what went wrong.</summary>
internal sealed class TerminalView(CliHost host, IAnsiConsole console) : IRunView
{
    public async Task<RunReport> WatchAsync(
        string project,
        Table table,
        Func<IProgress<PipelineEvent>, Task<RunReport>> run
    )
    {
        var label = RunText.Label(project, table);
        var figures = new RunFigures(host.Clock, label);
        var report = await console
            .Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 16 }, new FiguresColumn(figures))
            .StartAsync(async context =>
            {
                var bar = context.AddTask(label, autoStart: true, maxValue: 1);
                return await run(
                    new Reporter(happened =>
                    {
                        Show(label, figures, happened);
                        bar.Value = figures.Share;
                    })
                );
            });
        var isIdle = report is { Plan.Hours: 0, Interrupted: false };
        await host.Out.WriteLineAsync(
            Prose.Wrap(isIdle ? RunText.Planned(label, report.Plan) : RunText.Done(label, report, figures.Elapsed))
        );
        return report;
    }

    public void Show(IReadOnlyList<PropertyChange> changes)
    {
        foreach (var line in DriftText.Lines(changes))
        {
            host.Note(line);
        }
    }

    /// <summary>Says what neither the bar nor the last line shows.</summary>
    private void Show(string label, RunFigures figures, PipelineEvent happened)
    {
        figures.Add(happened);
        var isSeen = happened switch
        {
            PipelineEvent.Committed or PipelineEvent.Fetching => true,
            PipelineEvent.Planned { Plan: var plan } => plan.Hours == 0 || plan.Kind == TableKind.Snapshot,
            _ => false,
        };
        if (!isSeen)
        {
            host.Note(RunText.Happened(label, happened));
        }
    }

    private sealed class FiguresColumn(RunFigures figures) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(figures.ToString());
    }
}
