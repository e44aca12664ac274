using System.Globalization;
using System.Text;
using System.Text.Json;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Destinations;

/// <summary>Rows whose values are at the edges of their types.</summary>
internal static class Extremes
{
    private static readonly string[] Integers =
    [
        "9223372036854775807",
        "-9223372036854775808",
        "0",
        "9007199254740993",
    ];

    private static readonly string[] Numbers = ["1.7976931348623157e308", "5e-324", "-0.0", "0.1", "1e999"];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "'\\\"\\\\/\\n\\t\\u0000",
        "\U0001f600 \u65e5\u672c e\u0301 \u202e",
        "\\ud83d\\ude00",
        new string('x', 100_000),
    ];

    private static readonly string[] Times =
    [
        "0001-01-01 00:00:00.000000",
        "9999-12-31 23:59:59.999999",
        "1969-12-31 23:59:59.999999",
        "no time",
    ];

    private static readonly string[] Objects = ["{}", "{\"a\":{\"b\":[1,2.50,\"\\u00e9\"]}}", "{\"a\" : 1 , \"a\":2}"];

    /// <summary>Every column in every line, the values of its type in turn; and keys that no column has.</summary>
    public static IEnumerable<byte[]> Lines =>
        Enumerable
            .Range(0, Texts.Length)
            .Select(line =>
            {
                var values = EventsTable.Definition.Columns.Select(column =>
                    $"\"{column.Source}\":{(column.Source == "uuid" ? $"\"row-{line}\"" : Value(column.Type, line))}"
                );
                return Encoding.UTF8.GetBytes($"{{{string.Join(',', values)},\"unknown {line}\":[null,{line}]}}");
            });

    /// <summary>How the type is called where the rows land.</summary>
    public static string TypeOf(ColumnType type) =>
        type switch
        {
            ColumnType.Text => "VARCHAR",
            ColumnType.Integer => "BIGINT",
            ColumnType.Number => "DOUBLE",
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Timestamp => "TIMESTAMP",
            ColumnType.Json => "JSON",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    /// <summary>What a line is to be read back as, column by column: null where the value does not fit its type.</summary>
    public static object?[] Values(byte[] line)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        return [.. EventsTable.Definition.Columns.Select(column => Value(column.Type, row.GetProperty(column.Source)))];
    }

    private static object? Value(ColumnType type, JsonElement value) =>
        type switch
        {
            ColumnType.Text => value.GetString(),
            ColumnType.Integer => value.GetInt64(),
            ColumnType.Number => double.IsFinite(value.GetDouble()) ? value.GetDouble() : null,
            ColumnType.Boolean => value.GetBoolean(),
            ColumnType.Timestamp => DateTime.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var time)
                ? time
                : null,
            ColumnType.Json => value.GetRawText(),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    private static string Value(ColumnType type, int line) =>
        type switch
        {
            ColumnType.Text => $"\"{Texts[line % Texts.Length]}\"",
            ColumnType.Integer => Integers[line % Integers.Length],
            ColumnType.Number => Numbers[line % Numbers.Length],
            ColumnType.Boolean => line % 2 == 0 ? "true" : "false",
            ColumnType.Timestamp => $"\"{Times[line % Times.Length]}\"",
            ColumnType.Json => Objects[line % Objects.Length],
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
