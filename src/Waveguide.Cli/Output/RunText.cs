using System.Text;

namespace Waveguide.Cli.Output;

/// <summary>The sentences about a run, the same in every view.</summary>
internal static class RunText
{
    public static string Planned(Table table, Plan plan)
    {
        if (plan.Wanted.IsEmpty)
        {
            return $"{table.Name}  nothing is due: the first wanted hour, {Figures.Moment(plan.Wanted.From)} UTC, is not published yet";
        }

        var again = plan.SecondLook.Sum(range => range.Count);
        var work =
            plan.Hours == 0
                ? "nothing to fetch"
                : $"{plan.Hours:N0} to fetch in {Figures.Count(plan.Slices.Count, "request")}"
                    + (again > 0 ? $", {again:N0} of them for a second look" : string.Empty);
        return $"{table.Name}  {Figures.Moment(plan.Wanted.From)} .. {Figures.Moment(plan.Wanted.Until)} UTC   "
            + $"{Figures.Count(plan.Wanted.Count, "hour")}, {work}";
    }

    /// <returns>What happened, without the moment; null for what is not worth a line.</returns>
    public static string? Happened(PipelineEvent happened) =>
        happened switch
        {
            PipelineEvent.Committed committed => Committed(committed),
            PipelineEvent.Narrowed narrowed =>
                $"{narrowed.Slice} split: {Tail(narrowed.Slice, narrowed.Reason)}, now {narrowed.Window} h wide",
            PipelineEvent.Failed { State: HourState.TooLarge } failed =>
                $"{failed.Slice} too large: one hour over Amplitude's 4 GB limit (waveguide gaps)",
            PipelineEvent.Failed failed => $"{failed.Slice} failed: {Tail(failed.Slice, failed.Reason)}",
            _ => null,
        };

    public static string Done(Table table, RunReport report)
    {
        var tally = report.Tally;
        var text = new StringBuilder($"{table.Name} {(report.Interrupted ? "interrupted" : "done")}: ")
            .Append(
                report.Interrupted
                    ? $"{report.Hours:N0} of {Figures.Count(report.Plan.Hours, "hour")} committed"
                    : Figures.Count(report.Hours, "hour")
            )
            .Append($", {Figures.Count(tally.Rows, "row")}, {tally.Rejected:N0} rejected")
            .Append(tally.Rejected > 0 ? " (waveguide quarantine)" : string.Empty);
        AppendIfAny(text, tally.Duplicates, "duplicate", "left out");
        AppendIfAny(text, tally.Repaired, "row", "repaired");
        AppendIfAny(text, report.Replaced.Count(), "hour", "replaced by other content");
        AppendIfAny(text, Hours(report, HourState.Failed), "hour", "failed (waveguide gaps)");
        AppendIfAny(text, Hours(report, HourState.TooLarge), "hour", "too large (waveguide gaps)");
        return text.Append(report.Interrupted ? ". Run the same command again: it goes on from here." : string.Empty)
            .ToString();
    }

    private static string Committed(PipelineEvent.Committed committed)
    {
        var (manifest, elapsed) = committed;
        var tally = manifest.Tally;
        var replaced =
            manifest.Replaced.Count == 0 ? string.Empty : $", {manifest.Replaced.Count} replaced by other content";
        return $"{manifest.Slice} committed: {Figures.Count(manifest.Hours.Count, "hour")}, {Figures.Count(tally.Rows, "row")}, "
            + $"{tally.Rejected:N0} rejected{replaced}, {Figures.Seconds(elapsed)}";
    }

    private static void AppendIfAny(StringBuilder text, long number, string unit, string what)
    {
        if (number > 0)
        {
            text.Append($", {Figures.Count(number, unit)} {what}");
        }
    }

    private static int Hours(RunReport report, HourState state) =>
        report.Failed.Where(failed => failed.State == state).Sum(failed => failed.Slice.Hours.Count);

    /// <summary>The reason without the slice's name, which the line begins with.</summary>
    private static string Tail(Slice slice, SourceException reason) =>
        reason.Message.Replace($"{slice}: ", string.Empty, StringComparison.Ordinal).TrimEnd('.');
}
