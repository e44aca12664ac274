using Waveguide.Transform;

namespace Waveguide.Cli.Output;

/// <summary>Every event and the result as JSON lines on standard output.</summary>
internal sealed class TransformJson(CliHost host) : ITransformView
{
    public void Report(TransformEvent value) =>
        host.Out.WriteJson(
            value switch
            {
                TransformEvent.Built built => new
                {
                    @event = "built",
                    model = built.Model.Name,
                    how = built.Kind == BuildKind.Touched ? "touched" : "whole",
                    rows = built.Rows,
                    seconds = Seconds(built.Elapsed),
                },
                TransformEvent.Failed failed => new
                {
                    @event = "failed",
                    model = failed.Model.Name,
                    reason = failed.Reason.Message,
                },
                TransformEvent.Skipped skipped => new
                {
                    @event = "skipped",
                    model = skipped.Model.Name,
                    because = skipped.Because.Name,
                },
                TransformEvent.Checked check => new
                {
                    @event = "checked",
                    check = check.Check.Name,
                    severity = check.Check.IsWarning ? "warning" : "error",
                    failing = check.Failing,
                    seconds = Seconds(check.Elapsed),
                },
                _ => throw new ArgumentOutOfRangeException(nameof(value)),
            }
        );

    public Task EndAsync(TransformReport report, TimeSpan elapsed)
    {
        host.Out.WriteJson(
            new
            {
                @event = "done",
                built = report.Built.Count,
                up_to_date = report.UpToDate,
                failed = report.Failed.Count,
                skipped = report.Skipped.Count,
                checks = report.Checked.Count,
                broken = report.Broken.Count(),
                seconds = Seconds(elapsed),
            }
        );
        return Task.CompletedTask;
    }

    private static double Seconds(TimeSpan elapsed) => Math.Round(elapsed.TotalSeconds, 3);
}
