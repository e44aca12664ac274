using System.Globalization;
using System.Text.RegularExpressions;

namespace Waveguide.Amplitude;

/// <summary>
/// The name of an export file, <c>APP/APP_YYYY-MM-DD_H#SHARD.json.gz</c>: the hour has no leading zero, the slash may be
/// doubled, and days before 2014-11-12 come as one file without an hour (Export API, "Response").
/// </summary>
internal static partial class PartName
{
    /// <param name="file">The name without folders.</param>
    /// <returns>Whether it is such a name, and nothing else.</returns>
    public static bool TryParse(string member, out string file, out UploadHour hour)
    {
        var match = Form().Match(member);
        file = match.Groups["file"].Value;
        hour = default;
        if (!match.Success || !UploadHour.TryParse(match.Groups["day"].Value, out var midnight))
        {
            return false;
        }

        var text = match.Groups["hour"];
        hour = text.Success ? midnight.AddHours(int.Parse(text.ValueSpan, CultureInfo.InvariantCulture)) : midnight;
        return hour - midnight < 24;
    }

    [GeneratedRegex(
        "^([0-9]+/+)?(?<file>[0-9]+_(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(_(?<hour>[0-9]{1,2}))?#[0-9]+\\.json\\.gz)\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
