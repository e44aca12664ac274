using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Scanning;

/// <summary>What a line of the events table has to become, told in the plainest way by System.Text.Json.</summary>
/// <param name="Values">By the column's name; a missing one is null.</param>
internal sealed partial record SlowModel(Dictionary<string, object?> Values, string? Extra, bool IsRepaired)
{
    public static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1 << 20 };

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <returns>Null where the line has to be refused.</returns>
    public static SlowModel? Read(byte[] line)
    {
        try
        {
            StrictUtf8.GetCharCount(line);
            using var document = JsonDocument.Parse(line, AnyDepth);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception reason) when (reason is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static SlowModel Read(JsonElement row)
    {
        var values = EventsTable.Definition.Columns.ToDictionary(column => column.Name, _ => (object?)null);
        var extra = new List<string>();
        var repaired = false;
        foreach (var property in row.EnumerateObject())
        {
            var column = EventsTable.Definition.Columns.FirstOrDefault(column => column.Source == NameOf(property));
            var fits = true;
            if (column is not null)
            {
                fits = TryRead(column.Type, property.Value, out var value);
                values[column.Name] = value;
                repaired |= !fits;
            }

            if (column is null || !fits)
            {
                var key = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
                extra.Add($"\"{key}\":{property.Value.GetRawText()}");
            }
        }

        return new SlowModel(values, extra.Count == 0 ? null : $"{{{string.Join(',', extra)}}}", repaired);
    }

    private static bool TryRead(ColumnType type, JsonElement element, out object? value)
    {
        value = null;
        var exact = true;
        if (element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        value = type switch
        {
            ColumnType.Json => element.GetRawText(),
            ColumnType.Text => TextOf(element),
            ColumnType.Integer => IntegerOf(element),
            ColumnType.Number => NumberOf(element),
            ColumnType.Boolean => BooleanOf(element),
            _ => TimeOf(element, out exact),
        };
        return (value is not null && exact) || (type == ColumnType.Boolean && TextOf(element) is "");
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object or JsonValueKind.Array => null,
                JsonValueKind.String => element.GetString(),
                _ => element.GetRawText(),
            };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long? IntegerOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number
        && BigInteger.TryParse(element.GetRawText(), NumberStyles.AllowLeadingSign, null, out var number)
        && number >= long.MinValue
        && number <= long.MaxValue
            ? (long)number
            : null;

    private static double? NumberOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number
        && double.Parse(element.GetRawText(), CultureInfo.InvariantCulture) is var number
        && double.IsFinite(number)
            ? number
            : null;

    private static bool? BooleanOf(JsonElement element) =>
        TextOf(element) switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => null,
        };

    private static DateTime? TimeOf(JsonElement element, out bool exact)
    {
        exact = true;
        if (element.ValueKind != JsonValueKind.String || TextOf(element) is not { } text)
        {
            return null;
        }

        var match = TimeForm().Match(text);
        var day = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (
            !match.Success
            || !DateTime.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", null, day, out var date)
            || !TimeSpan.TryParseExact(
                match.Groups["time"] is { Success: true } at ? at.Value : "00:00:00",
                "hh\\:mm\\:ss",
                null,
                out var time
            )
        )
        {
            return null;
        }

        var nanos = long.Parse(match.Groups["fraction"].Value.PadRight(9, '0'), CultureInfo.InvariantCulture);
        exact = nanos % 1000 == 0;
        return date + time + TimeSpan.FromMicroseconds(nanos / 1000);
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})([ T](?<time>[0-9:]{8})(\.(?<fraction>[0-9]{1,9}))?Z?)?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TimeForm();
}
