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
        var report = await run(new Reporter(happened => Show(table, happened)));
        await host.Out.WriteLineAsync($"{Now()} {RunText.Done(table, report)}");
        return report;
    }

    private void Show(Table table, PipelineEvent happened)
    {
        var text = happened is PipelineEvent.Planned planned
            ? RunText.Planned(table, planned.Plan)
            : RunText.Happened(happened);
        if (text is not null && (!quiet || happened is PipelineEvent.Failed))
        {
            host.Error.WriteLine($"{Now()} {text}");
        }
    }

    private string Now() => $"{host.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
}
