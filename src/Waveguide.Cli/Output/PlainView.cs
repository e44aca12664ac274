using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>Lines for logs and pipes: what happens on standard error, what came of it on standard output.</summary>
internal sealed class PlainView(CliHost host, bool quiet) : IRunView
{
    public async Task<RunReport> WatchAsync(
        string project,
        Table table,
        Func<IProgress<PipelineEvent>, Task<RunReport>> run
    )
    {
        var label = RunText.Label(project, table);
        var report = await run(new Reporter(happened => Show(label, happened)));
        await host.Out.WriteLineAsync(Prose.Wrap($"{host.Stamp()} {RunText.Done(label, report)}"));
        return report;
    }

    public void Show(IReadOnlyList<PropertyChange> changes)
    {
        foreach (var line in quiet ? [] : DriftText.Lines(changes))
        {
            host.Note($"{host.Stamp()} {line}");
        }
    }

    private void Show(string label, PipelineEvent happened)
    {
        if (!quiet || happened is PipelineEvent.Failed or PipelineEvent.NotOffered)
        {
            host.Note($"{host.Stamp()} {RunText.Happened(label, happened)}");
        }
    }
}
