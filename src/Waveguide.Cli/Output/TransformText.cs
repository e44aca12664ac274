using System.Text;
using Waveguide.Transform;

namespace Waveguide.Cli.Output;

/// <summary>A line for each model that was built, and a sentence for each that was not.</summary>
internal sealed class TransformText(CliHost host, bool quiet) : ITransformView
{
    private const int NameWidth = 32;

    public void Report(TransformEvent value)
    {
        switch (value)
        {
            case TransformEvent.Built built when !quiet:
                host.Note(Line(built));
                break;
            case TransformEvent.Failed failed:
                Tell($"error: {failed.Model.File} failed: {failed.Reason.Message}", failed.Reason.Hint);
                break;
            case TransformEvent.Skipped skipped:
                Tell($"{skipped.Model.Name} was left as it was, because {skipped.Because.Name} failed.", hint: null);
                break;
            case TransformEvent.Checked { Failing: > 0 } broken:
                Tell(Broken(broken), hint: null);
                break;
            default:
                break;
        }
    }

    public Task EndAsync(TransformReport report, TimeSpan elapsed) =>
        host.Out.WriteLineAsync(Prose.Wrap(Summary(report, elapsed)));

    private static string Line(TransformEvent.Built built)
    {
        var name = built.Model.Name.PadRight(NameWidth);
        var rows = built.Rows is { } number ? Figures.Count(number, "row") : "view";
        var how = built.Kind == BuildKind.Touched ? "  touched only" : string.Empty;
        return $"  {name}{rows, 18}{Figures.Seconds(built.Elapsed), 9}{how}";
    }

    private static string Broken(TransformEvent.Checked broken)
    {
        var begin = broken.Check.IsWarning ? "warning" : "error";
        return $"{begin}: {Figures.Count(broken.Failing, "row")} {(broken.Failing == 1 ? "breaks" : "break")} {broken.Check.Name}.";
    }

    private static string Summary(TransformReport report, TimeSpan elapsed)
    {
        var built = report.Built.Count;
        var text = new StringBuilder(
            built == 0 && report.Failed.Count == 0
                ? $"{Figures.Count(report.UpToDate, "model")} up to date, nothing to do"
                : $"{Figures.Count(built, "model")} built, {report.UpToDate:N0} up to date"
        );
        if (report.Failed.Count > 0)
        {
            text.Append($", {report.Failed.Count:N0} failed, {report.Skipped.Count:N0} left as they were");
        }

        if (report.Checked.Count > 0)
        {
            var broken = report.Broken.Count();
            text.Append(
                broken == 0
                    ? $", {Figures.Count(report.Checked.Count, "check")} hold"
                    : $", {broken:N0} of {Figures.Count(report.Checked.Count, "check")} broken"
            );
        }

        return text.Append($", {Figures.Seconds(elapsed)}.").ToString();
    }

    private void Tell(string message, string? hint)
    {
        host.Note(message);
        if (hint is not null)
        {
            host.Note($"  {hint}");
        }
    }
}
