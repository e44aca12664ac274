namespace Waveguide.Cli.Output;

/// <summary>Every event and the result as JSON lines on standard output.</summary>
internal sealed class JsonView(CliHost host) : IRunView
{
    public async Task<RunReport> WatchAsync(
        string project,
        Table table,
        Func<IProgress<PipelineEvent>, Task<RunReport>> run
    )
    {
        var report = await run(new Reporter(happened => Show(project, table, happened)));
        var tally = report.Tally;
        host.Out.WriteJson(
            new
            {
                @event = report.Interrupted ? "interrupted" : "done",
                project,
                table = table.Name,
                hours = report.Hours,
                rows = tally.Rows,
                rejected = tally.Rejected,
                repaired = tally.Repaired,
                duplicates = tally.Duplicates,
                replaced = report.Replaced.Select(hour => hour.ToString()),
                failed = report.Failed.SelectMany(failed => failed.Slice.Hours.Hours()).Select(hour => hour.ToString()),
            }
        );
        return report;
    }

    private void Show(string project, Table table, PipelineEvent happened)
    {
        var (name, slice, detail) = happened switch
        {
            PipelineEvent.Planned planned => (
                "planned",
                planned.Plan.Wanted,
                (object)new { hours = planned.Plan.Hours, requests = planned.Plan.Slices.Count }
            ),
            PipelineEvent.Committed committed => (
                "committed",
                committed.Manifest.Slice.Hours,
                new
                {
                    rows = committed.Manifest.Tally.Rows,
                    rejected = committed.Manifest.Tally.Rejected,
                    seconds = Math.Round(committed.Elapsed.TotalSeconds, 3),
                }
            ),
            PipelineEvent.Narrowed narrowed => (
                "split",
                narrowed.Slice.Hours,
                new { window = narrowed.Window, reason = narrowed.Reason.Message }
            ),
            PipelineEvent.Failed failed => (
                "failed",
                failed.Slice.Hours,
                new { state = failed.State.Name(), reason = failed.Reason.Message }
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };
        host.Out.WriteJson(
            new
            {
                @event = name,
                project,
                table = table.Name,
                from = slice.From.ToString(),
                until = slice.Until.ToString(),
                detail,
            }
        );
    }
}
