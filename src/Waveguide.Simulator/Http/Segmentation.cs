using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Http;

/// <summary>
/// <c>/api/2/events/segmentation</c> for the totals of all events by day of event time in the project's time zone.
/// A row without an event time counts on the day of its upload.
/// </summary>
internal static class Segmentation
{
    public const string Path = "/api/2/events/segmentation";

    public static Task AnswerAsync(
        HttpContext context,
        SimulatedProject project,
        DashboardCost budget,
        CancellationToken cancellationToken
    )
    {
        var query = context.Request.Query;
        if (
            !TryDay(query["start"], out var first)
            || !TryDay(query["end"], out var last)
            || query["m"] != "totals"
            || query["i"] != "1"
            || query["e"] != "{\"event_type\":\"_all\"}"
        )
        {
            return Answers.BadAsync(context, "Only daily totals of _all are simulated", cancellationToken);
        }

        var cost = last.DayNumber - first.DayNumber + 1;
        return budget.Allows(cost)
            ? Answers.JsonAsync(context, Body(project, first, last), cancellationToken)
            : Answers.TextAsync(context, 429, DashboardCost.Refusal(cost), cancellationToken);
    }

    private static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Body(SimulatedProject project, DateOnly first, DateOnly last)
    {
        var data = project.Data;
        var counts = new SortedDictionary<DateOnly, long>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            counts[day] = 0;
        }

        for (var hour = data.FirstHour; hour <= data.LastHour; hour = hour.Value.AddHours(1))
        {
            foreach (var day in data.Parts(hour.Value).SelectMany(part => Days(part, hour.Value, project.TimeZone)))
            {
                if (counts.TryGetValue(day, out var count))
                {
                    counts[day] = count + 1;
                }
            }
        }

        return JsonSerializer.Serialize(
            new
            {
                data = new
                {
                    series = new[] { counts.Values },
                    seriesLabels = Enumerable.Range(0, 1),
                    seriesCollapsed = new[] { new[] { new { setId = "", value = counts.Values.Sum() } } },
                    xValues = counts.Keys,
                },
            }
        );
    }

    private static IEnumerable<DateOnly> Days(ExportPart part, DateTime hour, TimeZoneInfo zone)
    {
        using var lines = new StreamReader(
            new GZipStream(new MemoryStream(part.Gzip.ToArray()), CompressionMode.Decompress)
        );
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement.TryGetProperty("event_time", out var time)
            && time.ValueKind == JsonValueKind.String
            && DateTime.TryParse(time.GetString(), CultureInfo.InvariantCulture, out var moment)
                ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, zone))
                : DateOnly.FromDateTime(hour);
        }
    }
}
