using System.Globalization;
using System.Text.Json;
using Waveguide.Amplitude.Series;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>Amplitude's own count of a project's events by day (Dashboard REST API, "Event segmentation").</summary>
internal sealed class DailyTotals(RequestSender sender, AmplitudeOptions options, DashboardBudget budget)
{
    private const string AnyEvent = "%7B%22event_type%22%3A%22_all%22%7D";

    /// <param name="last">Included.</param>
    public Task<IReadOnlyDictionary<DateOnly, long>> ReadAsync(
        DateOnly first,
        DateOnly last,
        CancellationToken cancellationToken
    )
    {
        var days = string.Create(CultureInfo.InvariantCulture, $"start={first:yyyyMMdd}&end={last:yyyyMMdd}");
        var path = $"/api/2/events/segmentation?e={AnyEvent}&m=totals&i=1&{days}";
        return sender.SendAsync(
            new Exchange<IReadOnlyDictionary<DateOnly, long>>(
                "daily totals",
                () => AmplitudeRequest.Rest(options, path),
                async (response, _, token) =>
                {
                    await AmplitudeErrors.ThrowUnlessOkAsync("daily totals", response, options, token);
                    return Read(await ErrorBody.ReadAsync(response, token));
                }
            )
            {
                Enter = token => budget.EnterAsync(last.DayNumber - first.DayNumber + 1, token),
            },
            cancellationToken
        );
    }

    private static Dictionary<DateOnly, long> Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var data = json.RootElement.GetProperty("data");
            var counts = data.GetProperty("series")[0].EnumerateArray().Select(count => (long)count.GetDouble());
            var days = data.GetProperty("xValues").EnumerateArray().Select(day => day.GetString()![..10]);
            return days.Zip(counts)
                .ToDictionary(pair => DateOnly.Parse(pair.First, CultureInfo.InvariantCulture), pair => pair.Second);
        }
        catch (Exception reason)
            when (reason
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or IndexOutOfRangeException
            )
        {
            throw new SourceException(
                SourceFailure.Damaged,
                "daily totals: the answer has not the form of a series by day.",
                reason
            );
        }
    }
}
