using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waveguide.Cli.Output;

/// <summary>The rows of a query as a table, as CSV (RFC 4180) or as JSON lines.</summary>
internal static class QueryWriter
{
    private const int RowsInOneTable = 1000;

    private static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync(
        TextWriter writer,
        QueryResult result,
        string format,
        CancellationToken cancellationToken
    ) =>
        format switch
        {
            "csv" => WriteCsvAsync(writer, result, cancellationToken),
            "json" => WriteJsonAsync(writer, result, cancellationToken),
            _ => WriteTableAsync(writer, result, cancellationToken),
        };

    /// <summary>A value as it stands in a table or in CSV; null is empty.</summary>
    public static string Text(object? value) =>
        value switch
        {
            null => string.Empty,
            string text => text,
            bool flag => flag ? "true" : "false",
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            byte[] bytes => $"0x{Convert.ToHexStringLower(bytes)}",
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable => Json(value),
            _ => value.ToString() ?? string.Empty,
        };

    private static async Task WriteTableAsync(
        TextWriter writer,
        QueryResult result,
        CancellationToken cancellationToken
    )
    {
        var head = result.Columns.Select(column => column.Name).ToList();
        var rows = new List<IReadOnlyList<string>>();
        var numbers = new HashSet<int>(
            Enumerable.Range(0, head.Count).Where(column => IsNumber(result.Columns[column].Type))
        );
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            rows.Add([.. row.Select(Text)]);
            if (rows.Count == RowsInOneTable)
            {
                TextTable.Write(writer, head, rows, numbers);
                rows.Clear();
            }
        }

        TextTable.Write(writer, head, rows, numbers);
    }

    private static async Task WriteCsvAsync(TextWriter writer, QueryResult result, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(string.Join(',', result.Columns.Select(column => Csv(column.Name))) + "\r\n");
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            var line = string.Join(',', row.Select(value => value is null ? string.Empty : Csv(Text(value))));
            await writer.WriteAsync(line + "\r\n");
        }
    }

    private static async Task WriteJsonAsync(TextWriter writer, QueryResult result, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            memory.SetLength(0);
            await using (var json = new Utf8JsonWriter(memory, JsonOptions))
            {
                json.WriteStartObject();
                for (var column = 0; column < row.Count; column++)
                {
                    json.WritePropertyName(result.Columns[column].Name);
                    WriteJson(json, result.Columns[column].Type, row[column]);
                }

                json.WriteEndObject();
            }

            await writer.WriteLineAsync(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }
    }

    private static void WriteJson(Utf8JsonWriter json, string type, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text when type == "JSON":
                json.WriteRawValue(text, skipInputValidation: true);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or BigInteger:
                json.WriteRawValue(Text(value), skipInputValidation: true);
                break;
            case IDictionary or IList and not byte[]:
                JsonSerializer.Serialize(json, value);
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);

    private static bool IsNumber(string type) =>
        type.Contains("INT", StringComparison.Ordinal)
        || type is "DOUBLE" or "FLOAT"
        || type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static string Csv(string text) =>
        text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
