using System.Text.Json;

namespace Waveguide.Amplitude.Tables;

/// <summary>A JSON answer of Amplitude's REST APIs.</summary>
internal sealed class RestAnswer(string what, JsonDocument json) : IDisposable
{
    public JsonElement Root => json.RootElement;

    /// <summary>The objects of the array under this key; none if it is null.</summary>
    /// <exception cref="SourceException">There is no such array of objects.</exception>
    public IReadOnlyList<JsonElement> Rows(string key) =>
        Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(key, out var rows)
            ? Objects(rows, $"under \"{key}\"")
            : throw Odd(what, $"no list under \"{key}\"");

    /// <summary>The objects of the array that is the whole answer, or is under this key.</summary>
    /// <exception cref="SourceException">There is no such array of objects.</exception>
    public IReadOnlyList<JsonElement> RowsHereOr(string key) =>
        Root.ValueKind == JsonValueKind.Array ? Objects(Root, "itself") : Rows(key);

    /// <exception cref="SourceException">The answer has no text or number under this key.</exception>
    public string Text(string key) =>
        Root.ValueKind == JsonValueKind.Object
        && Root.TryGetProperty(key, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : throw Odd(what, $"no \"{key}\"");

    public void Dispose() => json.Dispose();

    public static SourceException Odd(string what, string found, Exception? reason = null) =>
        new(SourceFailure.Unavailable, $"{what}: Amplitude's answer holds {found}.", reason)
        {
            Hint = "Run again later; if it stays, please report it with this line.",
        };

    private JsonElement[] Objects(JsonElement rows, string where) =>
        rows.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array when rows.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object) =>
            [
                .. rows.EnumerateArray(),
            ],
            JsonValueKind.Array => throw Odd(what, $"something that is no object in the list {where}"),
            _ => throw Odd(what, $"no list {where}"),
        };
}
