using System.Globalization;
using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>The body of an upload, taken apart as far as its events.</summary>
internal sealed record Upload(
    string ApiKey,
    IReadOnlyList<JsonElement> Events,
    DateTime? ClientUpload,
    int LeastIdLength
)
{
    /// <returns>The upload, or the refusal.</returns>
    public static (Upload? Upload, UploadReply? Refusal) Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, UploadReply.Bad("Invalid JSON request body"));
        }

        if (!body.TryGetProperty("api_key", out var key) || key.ValueKind != JsonValueKind.String)
        {
            return (null, UploadReply.Missing("api_key"));
        }

        if (!body.TryGetProperty("events", out var events))
        {
            return (null, UploadReply.Missing("events"));
        }

        if (
            events.ValueKind != JsonValueKind.Array
            || events.EnumerateArray().Any(sent => sent.ValueKind != JsonValueKind.Object)
        )
        {
            return (null, UploadReply.Bad("Invalid event JSON"));
        }

        return (new Upload(key.GetString()!, [.. events.EnumerateArray()], Time(body), LeastLength(body)), null);
    }

    private static DateTime? Time(JsonElement body) =>
        body.TryGetProperty("client_upload_time", out var time)
        && time.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, out var moment)
            ? moment.UtcDateTime
            : null;

    private static int LeastLength(JsonElement body) =>
        body.TryGetProperty("options", out var options)
        && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("min_id_length", out var length)
        && length.ValueKind == JsonValueKind.Number
            ? length.GetInt32()
            : Ids.LeastLength;
}
