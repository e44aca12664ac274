using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>Checks the events of one upload; one that fails refuses them all.</summary>
internal sealed class EventChecks(Upload upload, bool rejectsShortIds)
{
    /// <summary>Milliseconds since 1970 are above this from 1973 on, seconds below it until the year 5138.</summary>
    private const long LeastMilliseconds = 100_000_000_000;

    private static readonly Dictionary<string, Func<JsonElement, bool>> Forms = new(StringComparer.Ordinal)
    {
        ["time"] = value => IsWhole(value) && value.GetInt64() >= LeastMilliseconds,
        ["session_id"] = IsWhole,
        ["event_id"] = IsWhole,
        ["user_id"] = IsText,
        ["device_id"] = IsText,
        ["insert_id"] = IsText,
        ["event_properties"] = IsObject,
        ["user_properties"] = IsObject,
        ["groups"] = IsObject,
        ["group_properties"] = IsObject,
        ["plan"] = IsObject,
        ["price"] = IsNumber,
        ["quantity"] = IsNumber,
        ["revenue"] = IsNumber,
        ["location_lat"] = IsNumber,
        ["location_lng"] = IsNumber,
    };

    private readonly SortedDictionary<string, List<int>> _missing = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<int>> _invalid = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<int>> _short = new(StringComparer.Ordinal);

    /// <returns>The events, or the refusal that names each field that is wrong with the places of its events.</returns>
    public (IReadOnlyList<SentEvent> Events, UploadReply? Refusal) Run()
    {
        List<SentEvent> events = [.. upload.Events.Select(Check).OfType<SentEvent>()];
        if (_missing.Count > 0)
        {
            return (events, Refusal("Request missing required field"));
        }

        if (_invalid.Count > 0)
        {
            return (events, Refusal("Invalid field values on some events"));
        }

        return (events, _short.Count > 0 ? Refusal("Invalid id length for user_id or device_id") : null);
    }

    private SentEvent? Check(JsonElement sent, int place)
    {
        foreach (var (field, fits) in Forms)
        {
            if (sent.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null && !fits(value))
            {
                Note(_invalid, field, place);
            }
        }

        var type = sent.TryGetProperty("event_type", out var named) && IsText(named) ? named.GetString()! : "";
        if (type.Length == 0)
        {
            Note(_missing, "event_type", place);
        }

        var user = Id(sent, "user_id", place);
        var device = Id(sent, "device_id", place);
        if (user is null && device is null && type != SentEvent.GroupIdentify)
        {
            Note(Has(_short, place) || Has(_invalid, place) ? _short : _missing, "user_id", place);
            return null;
        }

        return new SentEvent(sent, type, user, device ?? Ids.DeviceOf(user ?? ""));
    }

    /// <summary>The id if it counts.</summary>
    private string? Id(JsonElement sent, string field, int place)
    {
        if (!sent.TryGetProperty(field, out var value) || !IsText(value) || Ids.IsDisallowed(value.GetString()!))
        {
            return null;
        }

        var id = value.GetString()!;
        if (id.Length >= upload.LeastIdLength)
        {
            return id;
        }

        if (rejectsShortIds)
        {
            Note(_short, field, place);
        }

        return null;
    }

    private UploadReply Refusal(string error) =>
        UploadReply.Error(
            400,
            error,
            ("events_with_missing_fields", _missing),
            ("events_with_invalid_fields", _invalid),
            ("events_with_invalid_id_lengths", _short)
        );

    private static bool Has(SortedDictionary<string, List<int>> notes, int place) =>
        notes.Values.Any(places => places.Contains(place));

    private static void Note(SortedDictionary<string, List<int>> notes, string field, int place)
    {
        if (!notes.TryGetValue(field, out var places))
        {
            notes[field] = places = [];
        }

        if (!places.Contains(place))
        {
            places.Add(place);
        }
    }

    private static bool IsWhole(JsonElement value) => IsNumber(value) && value.TryGetInt64(out _);

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;
}
