using System.Globalization;
using System.Text.RegularExpressions;

namespace Waveguide.Amplitude.Bucket;

/// <summary>
/// The key of an object that Amplitude's export to a bucket writes (Amazon S3 Export, "Exported data format"): events in
/// <c>APP/APP_YYYY-MM-DD_H#N.json.gz</c>, merged ids in <c>-ORG_YYYY-MM-DD_H.json.gz</c> with or without a folder, and
/// the empty marker <c>APP_YYYY-MM-DD_H_complete</c> of an hour that is delivered to its end.
/// </summary>
internal static partial class BucketKey
{
    /// <summary>The beginnings of all keys of a day, of one of the tables.</summary>
    public static IEnumerable<string> Prefixes(BucketOptions options, Table table, UploadHour day)
    {
        var owner =
            table.Name == MergedIdsTable.Definition.Name
                ? string.Create(CultureInfo.InvariantCulture, $"-{options.Organisation}")
                : options.App.ToString(CultureInfo.InvariantCulture);
        var name = $"{owner}_{day.Start:yyyy-MM-dd}_";
        return [$"{owner}/{name}", name];
    }

    /// <summary>The beginnings of all keys of the project's events.</summary>
    public static IEnumerable<string> Prefixes(BucketOptions options) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"{options.App}/{options.App}_"),
            string.Create(CultureInfo.InvariantCulture, $"{options.App}_"),
        ];

    /// <returns>What the object is; null if it is none of Amplitude's.</returns>
    public static (UploadHour Hour, bool IsMarker, string Name)? Read(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var match = Form().Match(name);
        if (!match.Success || !UploadHour.TryParse(match.Groups["day"].Value, out var midnight))
        {
            return null;
        }

        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        return hour < 24 ? (midnight.AddHours(hour), match.Groups["marker"].Success, name) : null;
    }

    [GeneratedRegex(
        "^-?[0-9]+_(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})_(?<hour>[0-9]{1,2})((#[0-9]+)?\\.json\\.gz|(?<marker>_complete))\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
