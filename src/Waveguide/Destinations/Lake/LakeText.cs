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
    /// <summary>Of what this version writes.</summary>
    public const int Layout = 1;

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
        var head = JsonSerializer.SerializeToUtf8Bytes(new Head(Layout, Sum(body)), Json);
        return [.. head, (byte)'\n', .. body, (byte)'\n'];
    }

    /// <param name="key">Of the object, for messages.</param>
    /// <exception cref="DestinationException">It is damaged, or of a layout that this version does not know.</exception>
    public static T Read<T>(byte[] bytes, string address, string key)
    {
        var end = Array.IndexOf(bytes, (byte)'\n');
        try
        {
            var head = JsonSerializer.Deserialize<Head>(bytes.AsSpan(0, Math.Max(end, 0)), Json)!;
            if (head.Layout > Layout)
            {
                throw Newer(address, key, head.Layout);
            }

            if (head.Layout < Layout)
            {
                throw Unknown(address, key, head.Layout);
            }

            var body = bytes.AsSpan(end + 1).TrimEnd((byte)'\n');
            return Sum(body) == head.Sha256
                ? JsonSerializer.Deserialize<T>(body, Json)!
                : throw Damaged(address, key, "its checksum is wrong", null);
        }
        catch (Exception reason) when (reason is JsonException or FormatException)
        {
            throw Damaged(address, key, "it is not what Waveguide writes", reason);
        }
    }

    public static DestinationException Newer(string address, string key, int layout) =>
        new(
            $"{address} was written by a newer Waveguide ({key} has layout {layout}; this one, {ToolVersion.Text}, knows {Layout})."
        )
        {
            Hint = "Update Waveguide; nothing was changed.",
        };

    private static DestinationException Unknown(string address, string key, int layout) =>
        new($"{address}: {key} has a layout that no Waveguide wrote ({layout}; the first was {Layout}).")
        {
            Hint = "Name another place with --destination; nothing was changed.",
        };

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
