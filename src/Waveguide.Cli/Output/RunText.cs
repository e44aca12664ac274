using System.Text;
using Waveguide.Cli.Configuration;

namespace Waveguide.Cli.Output;

/// <summary>The sentences about a run, the same in every view. None is wrapped.</summary>
internal static class RunText
{
    /// <summary>What the lines about a table begin with; a project has no name where it is the only one.</summary>
    public static string Label(string project, Table table) => Label(project, table.Name);

    /// <inheritdoc cref="Label(string, Table)"/>
    public static string Label(string project, string table) =>
        project == ProjectSettings.DefaultName ? table : $"{project} {table}";

    public static string Planned(string label, Plan plan)
    {
        if (plan.Kind == TableKind.Snapshot)
        {
            return $"{label}: {(plan.Hours == 0 ? "what is there is young enough, nothing to fetch" : "the whole table to fetch")}";
        }

        if (plan.Wanted.IsEmpty)
        {
            return $"{label} {NothingDue(plan.Kind, plan.Wanted)}";
        }

        var wanted = Spans.Count(plan.Kind, plan.Wanted.Count);
        var again = Spans.Units(plan.Kind, plan.SecondLook.Sum(range => range.Count));
        var work =
            plan.Hours == 0
                ? $"nothing to fetch in {wanted}"
                : $"{Spans.Units(plan.Kind, plan.Hours):N0} of {wanted} to fetch"
                    + (again > 0 ? $", {again:N0} of them for a second look" : string.Empty);
        return $"{label} {Spans.Between(plan.Kind, plan.Wanted)}: {work}";
    }

    /// <summary>Why there is no hour, or day, to speak of.</summary>
    public static string NothingDue(TableKind kind, HourRange wanted) =>
        $"nothing is due: the first wanted {Spans.Unit(kind)}, {Spans.Moment(kind, wanted.From)}, is not "
        + (kind == TableKind.Daily ? "over yet, or only just" : "published yet");

    public static string Happened(string label, PipelineEvent happened) =>
        happened switch
        {
            PipelineEvent.Planned { Plan: var plan } => Planned(label, plan),
            PipelineEvent.Fetching { Had: var had } fetching =>
                $"{label}: {had:N0} of {Figures.Count(fetching.All, fetching.Unit)} fetched",
            PipelineEvent.Committed committed => Committed(label, committed),
            PipelineEvent.Narrowed { Slice: var slice } narrowed =>
                $"{label} {Figures.Range(slice.Hours)} split: {Tail(slice, narrowed.Reason)}, now {narrowed.Window} h wide",
            PipelineEvent.Noticed noticed => $"{label} {noticed.Text}",
            PipelineEvent.NotOffered refused =>
                $"{label} skipped: {Tail(refused.Slice, refused.Reason)}; what is there stays",
            PipelineEvent.Failed { Slice: var slice, State: HourState.TooLarge } =>
                $"{label} {Figures.Range(slice.Hours)} too large: one hour over Amplitude's 4 GB limit (waveguide gaps)",
            PipelineEvent.Failed { Slice: var slice } failed =>
                $"{label}{When(slice)} failed: {Tail(slice, failed.Reason)}",
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };

    /// <summary>A failure that ended a table; most begin with its name themselves.</summary>
    public static string Ended(string project, Table table, WaveguideException reason) =>
        reason.Message.StartsWith(table.Name, StringComparison.Ordinal)
            ? Label(project, table) + reason.Message[table.Name.Length..]
            : $"{Label(project, table)}: {reason.Message}";

    /// <param name="elapsed">Null: the lines say when they were written.</param>
    public static string Done(string label, RunReport report, TimeSpan? elapsed = null)
    {
        if (report.NotOffered is not null)
        {
            return $"{label} skipped: not offered to this project";
        }

        var tally = report.Tally;
        var text = new StringBuilder($"{label} {End(report)}: ")
            .Append(Extent(report))
            .Append($"{Figures.Count(tally.Rows, "row")}, {tally.Rejected:N0} rejected")
            .Append(tally.Rejected > 0 ? " (waveguide quarantine)" : string.Empty);
        AppendIfAny(text, tally.Duplicates, "duplicate", "left out");
        AppendIfAny(text, tally.Repaired, "row", "repaired");
        AppendIfAny(text, report.Replaced.Count(), Spans.Unit(report.Plan.Kind), "replaced by other content");
        AppendIfAny(text, Hours(report, HourState.Failed), Spans.Unit(report.Plan.Kind), "failed (waveguide gaps)");
        AppendIfAny(text, Hours(report, HourState.TooLarge), "hour", "too large (waveguide gaps)");
        text.Append(elapsed is { } time ? $", {Figures.Seconds(time)}" : string.Empty);
        return text.Append(report.Interrupted ? ". Run the same command again: it goes on from here." : string.Empty)
            .ToString();
    }

    private static string Committed(string label, PipelineEvent.Committed committed)
    {
        var (manifest, elapsed) = committed;
        var tally = manifest.Tally;
        var text = new StringBuilder($"{label}{When(manifest.Slice)} committed: {Figures.Count(tally.Rows, "row")}");
        AppendIfAny(text, tally.Rejected, "line", "rejected");
        AppendIfAny(text, manifest.Replaced.Count, Spans.Unit(manifest.Slice.Table.Kind), "replaced by other content");
        return text.Append($", {Figures.Seconds(elapsed)}").ToString();
    }

    /// <summary>How much of the plan is done; a snapshot is there or not.</summary>
    private static string Extent(RunReport report)
    {
        var kind = report.Plan.Kind;
        return kind == TableKind.Snapshot ? string.Empty
            : report.Interrupted
                ? $"{Spans.Units(kind, report.Hours):N0} of {Spans.Count(kind, report.Plan.Hours)} committed, "
            : $"{Spans.Count(kind, report.Hours)}, ";
    }

    /// <summary>Which hours a slice is about; of a snapshot nobody asks.</summary>
    private static string When(Slice slice) =>
        slice.Table.Kind == TableKind.Snapshot ? string.Empty : $" {Spans.Range(slice.Table.Kind, slice.Hours)}";

    private static void AppendIfAny(StringBuilder text, long number, string unit, string what)
    {
        if (number > 0)
        {
            text.Append($", {Figures.Count(number, unit)} {what}");
        }
    }

    private static int Hours(RunReport report, HourState state) =>
        report
            .Failed.Where(failed => failed.State == state)
            .Sum(failed => Spans.Units(report.Plan.Kind, failed.Slice.Hours.Count));

    private static string End(RunReport report) =>
        report.Interrupted ? "interrupted"
        : report.Failed.Count > 0 && report.Committed.Count == 0 ? "failed"
        : "done";

    /// <summary>The reason without the name of the slice or table, which the line begins with.</summary>
    private static string Tail(Slice slice, SourceException reason)
    {
        var text = reason.Message.Replace($"{slice}: ", string.Empty, StringComparison.Ordinal).TrimEnd('.');
        var name = $"{slice.Table.Name}: ";
        return text.StartsWith(name, StringComparison.Ordinal) ? text[name.Length..] : text;
    }
}
