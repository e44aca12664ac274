using System.Globalization;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Output;

/// <summary>Where a snapshot stands: it has no hours to be complete in, but was taken once, and is taken anew by its age.</summary>
internal sealed class SnapshotStanding(Standing standing)
{
    private readonly HourRecord? _taken = standing.Coverage.Newest;

    /// <summary>The last attempt, if it failed, or not all could be had.</summary>
    public HourRecord? Failed { get; } =
        standing.Coverage.Records.LastOrDefault() is { Reason: not null } last ? last : null;

    /// <summary><c>missing</c> if it was never taken, <c>failed</c> if the last attempt failed; null if all is well.</summary>
    public string? Gap =>
        Failed is not null ? HourState.Failed.Name()
        : _taken is null ? "missing"
        : null;

    public string Sentence()
    {
        var taken = _taken is { } record
            ? $"taken {Moment(record.At)}, {Figures.Count(record.Tally.Rows, "row")}{Rejected(record)}; next due {Due(record)}."
            : "not taken yet; waveguide sync takes it.";
        return Failed is { } failed
            ? $"{taken} The last attempt, {Moment(failed.At)}, failed: {failed.Reason} The next waveguide sync tries again."
            : taken;
    }

    public JsonObject Json() =>
        new()
        {
            ["project"] = standing.Project,
            ["table"] = standing.Table.Name,
            ["taken"] = Stamp(_taken?.At),
            ["next_due"] = Stamp(_taken?.At + standing.Availability.SnapshotAge),
            ["rows"] = _taken?.Tally.Rows ?? 0,
            ["rejected"] = _taken?.Tally.Rejected ?? 0,
            ["failed"] = Stamp(Failed?.At),
            ["reason"] = Failed?.Reason,
        };

    private string Due(HourRecord record)
    {
        var due = record.At + standing.Availability.SnapshotAge;
        return due <= standing.Now ? "now" : Moment(due);
    }

    private static string Rejected(HourRecord record) =>
        record.Tally.Rejected == 0 ? string.Empty : $", {Figures.Count(record.Tally.Rejected, "line")} in quarantine";

    private static string Moment(DateTimeOffset moment) => $"{Figures.Moment(moment.UtcDateTime)} UTC";

    private static string? Stamp(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
