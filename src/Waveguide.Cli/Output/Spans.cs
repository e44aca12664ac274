using System.Globalization;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Output;

/// <summary>
/// The ledger's hours as people speak of them: hours of an hourly table, whole days of a daily one, snapshots of a
/// snapshot. To people a range of days names its last one; in JSON, as on the command line, <c>until</c> is excluded.
/// </summary>
internal static class Spans
{
    public static string Unit(TableKind kind) =>
        kind switch
        {
            TableKind.Daily => "day",
            TableKind.Snapshot => "snapshot",
            _ => "hour",
        };

    public static int Units(TableKind kind, int hours) => kind == TableKind.Daily ? hours / 24 : hours;

    public static string Count(TableKind kind, int hours) => Figures.Count(Units(kind, hours), Unit(kind));

    /// <summary><c>2026-11-21 20:00 UTC</c>, or a day, which is the project's and not UTC's.</summary>
    public static string Moment(TableKind kind, UploadHour hour) =>
        kind == TableKind.Daily ? Label(kind, hour) : $"{Figures.Moment(hour)} UTC";

    /// <summary><c>2026-11-21 00:00 .. 2026-11-23 00:00 UTC</c>, or <c>2026-11-21 to 2026-11-22</c>.</summary>
    public static string Between(TableKind kind, HourRange range) =>
        kind == TableKind.Daily ? Days(range) : $"{Figures.Moment(range.From)} .. {Moment(kind, range.Until)}";

    /// <summary>In few letters; see <see cref="Figures.Range"/>.</summary>
    public static string Range(TableKind kind, HourRange range) =>
        kind == TableKind.Daily ? Days(range) : Figures.Range(range);

    /// <summary>As the command line takes it: <c>2026-11-21T20</c> or <c>2026-11-21</c>.</summary>
    public static string Label(TableKind kind, UploadHour hour) =>
        kind == TableKind.Daily ? hour.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{hour}";

    /// <summary><c>from</c> and <c>until</c> for JSON; nothing of a snapshot.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Ends(TableKind kind, HourRange range) =>
        kind == TableKind.Snapshot
            ? []
            : [new("from", Label(kind, range.From)), new("until", Label(kind, range.Until))];

    /// <summary><c>hours</c> or <c>days</c> for JSON; nothing of a snapshot.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Number(TableKind kind, int hours) =>
        kind == TableKind.Snapshot ? [] : [new($"{Unit(kind)}s", Units(kind, hours))];

    private static string Days(HourRange range)
    {
        var (first, last) = (Label(TableKind.Daily, range.From), Label(TableKind.Daily, range.Until.AddHours(-24)));
        return first == last ? first : $"{first} to {last}";
    }
}
