using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>One event as it was sent, but for ids that do not count.</summary>
internal sealed record SentEvent(JsonElement Json, string Type, string? User, string Device)
{
    public const string Identify = "$identify";
    public const string GroupIdentify = "$groupidentify";

    public string? InsertId => Text("insert_id");

    /// <summary>The object under the key; null if there is none or it is not one.</summary>
    public JsonElement? Object(string key) => Value(key) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The text under the key; null if there is none or it is not one.</summary>
    public string? Text(string key) =>
        Value(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The number under the key; null if there is none or it is not one.</summary>
    public decimal? Number(string key) =>
        Value(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    /// <summary>The value as it was written, on one line; null if there is none.</summary>
    public string? Raw(string key) => Value(key) is { } value ? Raw(value) : null;

    /// <summary>The value as it was written, on one line: text holds no bare line ends.</summary>
    public static string Raw(JsonElement value) => value.GetRawText().Replace('\n', ' ').Replace('\r', ' ');

    private JsonElement? Value(string key) =>
        Json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
