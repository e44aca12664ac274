using System.Globalization;
using System.Text.RegularExpressions;

namespace Waveguide.Simulator.Archive;

/// <summary>Names of the form <c>APP/APP_2025-07-09_9#627.json.gz</c>: the hour is not padded.</summary>
internal static partial class PartName
{
    public static string Of(long app, DateTime hour, int shard) =>
        $"{app}/{app}_{hour:yyyy-MM-dd}_{hour.Hour}#{shard}.json.gz";

    public static string OfDay(string anyNameOfTheDay) => HourAndShard().Replace(anyNameOfTheDay, "${day}#0.json.gz");

    /// <summary>The same hour's file of another shard.</summary>
    public static string Shard(string name, int shard) => ShardOnly().Replace(name, $"#{shard}.json.gz");

    /// <summary>The UTC hour in the name; null if it has none.</summary>
    public static DateTime? Hour(string name)
    {
        var match = HourAndShard().Match(name);
        if (
            !match.Success
            || !DateTime.TryParseExact(
                match.Groups["day"].ValueSpan,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var day
            )
        )
        {
            return null;
        }
        var hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        return hour < 24 ? day.AddHours(hour) : null;
    }

    [GeneratedRegex(
        @"(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})_(?<hour>[0-9]{1,2})#[0-9]+\.json\.gz$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex HourAndShard();

    [GeneratedRegex(@"#[0-9]+\.json\.gz$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShardOnly();
}
