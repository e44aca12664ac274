using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Faults;

internal static class FaultScriptText
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new KindConverter(), new HourConverter() },
    };

    private static IEnumerable<string> Keys(string? place) =>
        (place?.StartsWith("$.answers", StringComparison.Ordinal) == true ? typeof(RestFault) : typeof(FaultRule))
            .GetProperties()
            .Select(key => JsonNamingPolicy.CamelCase.ConvertName(key.Name))
            .Order();

    public static FaultScript Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<FaultScript>(json, Form)
                ?? throw new FormatException("The fault script is null; expected {\"rules\":[...]}.");
        }
        catch (JsonException error)
        {
            var message = error.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? $"this key is not known; known are {string.Join(", ", Keys(error.Path))}."
                : error.Message;
            throw new FormatException($"The fault script cannot be read at {error.Path}: {message}", error);
        }
    }

    public static string Write(FaultScript script) => JsonSerializer.Serialize(script, Form);

    private sealed class KindConverter : JsonConverter<FaultKind>
    {
        private static readonly Dictionary<string, FaultKind> Kinds = Enum.GetValues<FaultKind>()
            .ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

        public override FaultKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Kinds.TryGetValue(reader.GetString()!, out var kind)
                ? kind
                : throw new JsonException(
                    $"Unknown fault {Found(ref reader)}; known are {string.Join(", ", Kinds.Keys.Order())}."
                );

        public override void Write(Utf8JsonWriter writer, FaultKind value, JsonSerializerOptions options) =>
            writer.WriteStringValue(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    }

    private sealed class HourConverter : JsonConverter<DateTime>
    {
        private static readonly string[] Forms = ["yyyy-MM-dd'T'HH", "yyyy-MM-dd"];

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && DateTime.TryParseExact(
                reader.GetString(),
                Forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var hour
            )
                ? hour
                : throw new JsonException($"{Found(ref reader)} is no UTC hour; expected the form 2025-07-09T14.");

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(Forms[0], CultureInfo.InvariantCulture));
    }

    private static string Found(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? $"\"{reader.GetString()}\"" : reader.TokenType.ToString();
}
