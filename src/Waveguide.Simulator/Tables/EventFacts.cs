using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Waveguide.Simulator.Tables;

/// <summary>What the dashboard counts of an event.</summary>
/// <param name="At">Its event time, UTC; that of its upload hour if it has none.</param>
/// <param name="Session">Negative: it belongs to none.</param>
/// <param name="Group">The value of the property that is grouped by.</param>
internal readonly record struct EventFact(DateTime At, string User, long Session, string Group);

/// <summary>Reads the facts from a project's rows, each hour once if it cannot change. Safe for use by several threads.</summary>
internal sealed class EventFacts(IExportData data)
{
    private const string None = "(none)";

    private readonly ConcurrentDictionary<(DateTime Hour, string? Property), (int Events, EventFact[] Facts)> _hours =
    [];

    /// <param name="property">What is grouped by; null: nothing.</param>
    /// <param name="now">Later uploads are not there yet.</param>
    public IEnumerable<EventFact> Until(DateTime now, string? property)
    {
        for (var hour = data.FirstHour; hour <= data.LastHour && hour <= now; hour = hour.Value.AddHours(1))
        {
            foreach (var fact in Of(hour.Value, property).Where(fact => fact.At <= now))
            {
                yield return fact;
            }
        }
    }

    private EventFact[] Of(DateTime hour, string? property)
    {
        if (_hours.TryGetValue((hour, property), out var known) && !data.IsInMemory)
        {
            return known.Facts;
        }

        var parts = data.Parts(hour);
        var events = parts.Sum(part => part.Events);
        if (known.Facts is null || known.Events != events)
        {
            known = (events, [.. parts.SelectMany(part => Read(part, hour, property))]);
            _hours[(hour, property)] = known;
        }

        return known.Facts;
    }

    private static IEnumerable<EventFact> Read(ExportPart part, DateTime hour, string? property)
    {
        using var lines = new StreamReader(
            new GZipStream(new MemoryStream(part.Gzip.ToArray()), CompressionMode.Decompress)
        );
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            yield return new EventFact(
                Time(row, hour),
                Text(row, "amplitude_id") ?? Text(row, "user_id") ?? Text(row, "device_id") ?? None,
                row.TryGetProperty("session_id", out var session) && session.TryGetInt64(out var id) ? id : -1,
                property is null ? None : Group(row, property)
            );
        }
    }

    private static string Group(JsonElement row, string property) =>
        (
            property.StartsWith("gp:", StringComparison.Ordinal)
                ? row.TryGetProperty("user_properties", out var own) && own.ValueKind == JsonValueKind.Object
                    ? Text(own, property["gp:".Length..])
                    : null
                : Text(row, property)
        ) ?? None;

    private static string? Text(JsonElement row, string key) =>
        row.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static DateTime Time(JsonElement row, DateTime hour) =>
        DateTime.TryParse(
            Text(row, "event_time"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : hour;
}
