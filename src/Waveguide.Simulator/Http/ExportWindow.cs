using System.Globalization;

namespace Waveguide.Simulator.Http;

/// <summary>The hours of a request; both are included.</summary>
internal readonly record struct ExportWindow(DateTime First, DateTime Last)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The window, or in <paramref name="problem"/> why there is none.</summary>
    public static ExportWindow? Parse(string? start, string? end, out string problem)
    {
        problem = "";
        if (Hour(start) is not { } first)
        {
            problem = $"start must have the form YYYYMMDDTHH, found \"{start}\"";
        }
        else if (Hour(end) is not { } last)
        {
            problem = $"end must have the form YYYYMMDDTHH, found \"{end}\"";
        }
        else if (last < first)
        {
            problem = "end is before start";
        }
        else if (last.AddHours(1) - first > Longest)
        {
            problem = "the range is longer than 365 days";
        }
        else
        {
            return new ExportWindow(first, last);
        }
        return null;
    }

    private static DateTime? Hour(string? text)
    {
        var form = text?.Length == 10 ? "yyyyMMdd'T'H" : "yyyyMMdd'T'HH";
        return DateTime.TryParseExact(
            text,
            form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var hour
        )
            ? hour
            : null;
    }
}
