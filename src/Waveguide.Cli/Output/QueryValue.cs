using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waveguide.DuckDb;

namespace Waveguide.Cli.Output;

/// <summary>One value of a query, as text and as JSON.</summary>
internal static class QueryValue
{
    public static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as it stands in a table or in CSV.</summary>
    public static string Text(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DuckDbInterval interval => Interval(interval),
            byte[] bytes => $"0x{Convert.ToHexStringLower(bytes)}",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable => Json(value),
            _ => value.ToString() ?? string.Empty,
        };

    /// <param name="type">The column's type in SQL.</param>
    public static void WriteJson(Utf8JsonWriter json, string type, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text when type == "JSON":
                json.WriteRawValue(OnOneLine(text), skipInputValidation: true);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case float or double when !double.IsFinite(Convert.ToDouble(value)):
                json.WriteStringValue(Text(value));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double:
            case decimal or BigInteger:
                json.WriteRawValue(Text(value), skipInputValidation: true);
                break;
            case byte[] bytes:
                json.WriteStringValue(Text(bytes));
                break;
            case IDictionary entries:
                WriteObject(json, entries);
                break;
            case not string and IEnumerable items:
                WriteArray(json, items);
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    /// <summary>Breaks in JSON stand between values, never in a text, and a blank means the same there.</summary>
    private static string OnOneLine(string json) => json.Replace('\r', ' ').Replace('\n', ' ');

    private static void WriteObject(Utf8JsonWriter json, IDictionary entries)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in entries)
        {
            json.WritePropertyName(Text(entry.Key));
            WriteJson(json, string.Empty, entry.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            WriteJson(json, string.Empty, item);
        }

        json.WriteEndArray();
    }

    private static string Json(object value)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, JsonOptions))
        {
            WriteJson(json, string.Empty, value);
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static string Interval(DuckDbInterval interval)
    {
        var parts = new List<string>();
        if (interval.Months != 0)
        {
            parts.Add(Figures.Count(interval.Months, "month"));
        }

        if (interval.Days != 0)
        {
            parts.Add(Figures.Count(interval.Days, "day"));
        }

        if (interval.Microseconds != 0 || parts.Count == 0)
        {
            parts.Add(TimeSpan.FromMicroseconds(interval.Microseconds).ToString("c", CultureInfo.InvariantCulture));
        }

        return string.Join(' ', parts);
    }
}
