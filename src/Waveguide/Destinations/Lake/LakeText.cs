using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// The form of every object that describes a lake: a line with the layout's version and a checksum, and a line of JSON
/// to which the checksum belongs.
/// </summary>
internal static class LakeText
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters =
        {
            new HourConverter(),
            new StateConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
        },
    };

    public static byte[] Write<T>(T content)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(content, Json);
        var head = JsonSerializer.SerializeToUtf8Bytes(new Head(LayoutVersion.Newest, Sum(body)), Json);
        return [.. head, (byte)'\n', .. body, (byte)'\n'];
    }

    /// <param name="key">Of the object, for messages.</param>
    /// <returns>The content, and the layout in which it is written.</returns>
    /// <exception cref="DestinationException">It is damaged, or of a layout that this version does not know.</exception>
    public static (T Content, int Layout) Read<T>(byte[] bytes, string address, string key)
    {
        var end = Array.IndexOf(bytes, (byte)'\n');
        try
        {
            var head = JsonSerializer.Deserialize<Head>(bytes.AsSpan(0, Math.Max(end, 0)), Json)!;
            LayoutVersion.ThrowIfUnknown(head.Layout, address, key);
            var body = bytes.AsSpan(end + 1).TrimEnd((byte)'\n');
            return Sum(body) == head.Sha256
                ? (JsonSerializer.Deserialize<T>(body, Json)!, head.Layout)
                : throw Damaged(address, key, "its checksum is wrong", null);
        }
        catch (Exception reason) when (reason is JsonException or FormatException)
        {
            throw Damaged(address, key, "it is not what Waveguide writes", reason);
        }
    }

    private static DestinationException Damaged(string address, string key, string what, Exception? reason) =>
        new($"{address}: the object {key} is damaged: {what}.", reason)
        {
            Hint =
                "Nothing was changed. Bring the object back from a copy; or delete it and run waveguide sync, which loads "
                + "its hours again.",
        };

    private static string Sum(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private sealed record Head(int Layout, string Sha256);

    private sealed class HourConverter : JsonConverter<UploadHour>
    {
        public override UploadHour Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            UploadHour.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, UploadHour value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class StateConverter : JsonConverter<HourState>
    {
        public override HourState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            HourStates.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, HourState value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name());
    }
}
