using System.Text.Json;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.LiveTests;

/// <summary>The rows of a warehouse, compared with the events that clients sent.</summary>
internal sealed class Arrivals
{
    private const string Sql = """
        SELECT json_object(
            'insert_id', insert_id, 'device_id', device_id, 'user_id', user_id, 'event_type', event_type,
            'event_id', event_id, 'session_id', session_id, 'time', epoch_ms(client_event_time), 'platform', platform,
            'language', language, 'ip', ip_address, 'library', library, 'app_version', version_name,
            'device_model', device_type, 'carrier', device_carrier, 'os_name', os_name, 'os_version', os_version,
            'country', country, 'region', region, 'city', city, 'location_lat', location_lat,
            'location_lng', location_lng, 'adid', adid, 'idfa', idfa, 'partner_id', partner_id
        )::VARCHAR,
        event_properties::VARCHAR, user_properties::VARCHAR, groups::VARCHAR, group_properties::VARCHAR, plan::VARCHAR
        FROM amplitude.events ORDER BY _part, _line
        """;

    private static readonly string[] Nested =
    [
        "event_properties",
        "user_properties",
        "groups",
        "group_properties",
        "plan",
    ];

    private readonly Dictionary<(string Device, string InsertId), IReadOnlyDictionary<string, JsonElement>> _rows = [];

    public int Count => _rows.Count;

    public static async Task<Arrivals> ReadAsync(string warehouse)
    {
        var arrivals = new Arrivals();
        await using var destination = DuckDbDestination.Open(
            new DuckDbDestinationOptions { Path = warehouse },
            TimeProvider.System
        );
        await using var result = await destination.QueryAsync(Sql, [], default);
        await foreach (var row in result.RowsAsync(default))
        {
            var values = Parse(row[0]).EnumerateObject().ToDictionary(value => value.Name, value => value.Value);
            foreach (var (place, key) in Nested.Index())
            {
                values[key] = Parse(row[place + 1]);
            }

            arrivals._rows.Add((values["device_id"].GetString()!, values["insert_id"].GetString()!), values);
        }

        return arrivals;
    }

    /// <summary>The only row of the event type.</summary>
    public IReadOnlyDictionary<string, JsonElement> Only(string type) =>
        _rows.Values.Single(row => row["event_type"].GetString() == type);

    /// <summary>The ids of the elements that were clicked, each with the links and lists that it stands in.</summary>
    public ILookup<string, string> Clicks() =>
        _rows
            .Values.Where(row => row["event_type"].GetString() == "[Amplitude] Element Clicked")
            .Select(row => row["event_properties"])
            .Where(properties => properties.TryGetProperty("[Amplitude] Element ID", out _))
            .ToLookup(
                properties => properties.GetProperty("[Amplitude] Element ID").GetString()!,
                properties => string.Join(' ', Tags(properties.GetProperty("[Amplitude] Element Hierarchy")))
            );

    /// <summary>Checks that every event has its row, and that all that was sent with it is there unaltered.</summary>
    public void AssertHold(IReadOnlyList<SentUpload> uploads)
    {
        var accepted = uploads.Where(upload => upload.Status is 200 or 0).SelectMany(upload => upload.Events).ToList();
        var firsts = accepted
            .Where(sent => sent.GetProperty("event_type").GetString() is not ("$identify" or "$groupidentify"))
            .DistinctBy(Key)
            .ToList();
        Assert.All(firsts, sent => AssertArrived(sent, _rows[Key(sent)]));
        Assert.Equal(firsts.Count, Count);
    }

    private (string Device, string InsertId) Key(JsonElement sent)
    {
        var insertId = sent.GetProperty("insert_id").GetString()!;
        return sent.TryGetProperty("device_id", out var device)
            ? (device.GetString()!, insertId)
            : _rows.Keys.Single(key => key.InsertId == insertId);
    }

    private static void AssertArrived(JsonElement sent, IReadOnlyDictionary<string, JsonElement> row)
    {
        foreach (var property in sent.EnumerateObject())
        {
            var (key, value) = (property.Name, property.Value);
            switch (key)
            {
                case "user_agent":
                    Assert.StartsWith("Chrome", row["os_name"].GetString(), StringComparison.Ordinal);
                    break;
                case "ip" when value.GetString() == "$remote":
                    Assert.Equal("127.0.0.1", row[key].GetString());
                    break;
                case "language":
                    Assert.Equal(("de-DE", "German"), (value.GetString(), row[key].GetString()));
                    break;
                case "groups" or "user_properties":
                    AssertContained(key, value, row[key]);
                    break;
                default:
                    Assert.True(JsonElement.DeepEquals(value, row[key]), $"{key}: sent {value}, arrived {row[key]}");
                    break;
            }
        }
    }

    /// <summary>Each member stands among those of the row; a group is a list there.</summary>
    private static void AssertContained(string key, JsonElement sent, JsonElement row)
    {
        foreach (var member in sent.EnumerateObject())
        {
            var arrived = row.GetProperty(member.Name);
            var value = key == "groups" && member.Value.ValueKind != JsonValueKind.Array ? arrived[0] : arrived;
            Assert.True(JsonElement.DeepEquals(member.Value, value), $"{key}: sent {sent}, arrived {row}");
        }
    }

    private static IEnumerable<string?> Tags(JsonElement hierarchy) =>
        hierarchy.EnumerateArray().Select(element => element.GetProperty("tag").GetString());

    private static JsonElement Parse(object? json) => JsonDocument.Parse((string)json!).RootElement;
}
