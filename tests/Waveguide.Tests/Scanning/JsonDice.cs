using FsCheck;
using FsCheck.Fluent;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Scanning;

/// <summary>Generators of JSON as text: every kind of value, well spaced or not, fit for its column or not.</summary>
internal static class JsonDice
{
    private static readonly string[] Keys =
    [
        .. EventsTable.Definition.Columns.Select(column => column.Source),
        .. EventsTable.Definition.Columns.Select(column => column.Source),
        "new",
        "",
        "Uuid",
        "insert_id",
        "u\\u0075id",
        "\\u0024schema",
        "caf\u00e9 \\\"quoted\\\"",
        "\\ud83d",
        "a key that is longer than thirty-two bytes in all",
    ];

    private static readonly string[] TextPieces =
    [
        .. "abc XYZ019{}[],:/'-".Select(letter => letter.ToString()),
        "\\\"",
        "\\\\",
        "\\/",
        "\\b\\f\\n\\r\\t",
        "\\u00e9",
        "\\u0000",
        "\\ud83d\\ude00",
        "\\uD83D",
        "\u00e9",
        "\u4e2d",
        "\ud83d\ude00",
        "\u007f",
        "0123456789",
        "a piece of thirty-three bytes, so",
    ];

    private static readonly string[] Times =
    [
        "2025-07-09 00:22:44.545000",
        "2025-07-09T00:22:44Z",
        "2025-07-09",
        "2025-02-30 00:00:00.000000",
        "2025-07-09 00:22:44.5450001",
        "2025-07-09 00:22:4\\u0034.545",
        "2024-02-29 23:59:59.999999",
        "9999-12-31 24:00:00.000000",
        "",
    ];

    private static readonly string[] Scalars =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "7.50",
        "1e5",
        "-2.5E-3",
        "1e400",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "12345678901234567890123",
        "0.1234567890123456789",
        "\"true\"",
        "\"false\"",
        "\"1\"",
        "\"0\"",
        "\"tr\\u0075e\"",
        "\"\"",
    ];

    private static Gen<string> Space { get; } =
        Gen.Frequency((12, Gen.Constant("")), (1, Gen.Elements(" ", "\t", "  ", " \r ")));

    private static Gen<string> Text { get; } =
        from pieces in Gen.Elements(TextPieces).ListOf()
        from length in Gen.Choose(0, 14)
        select $"\"{string.Concat(pieces.Take(length))}\"";

    private static Gen<string> Integer { get; } = ArbMap.Default.GeneratorFor<long>().Select(number => $"{number}");

    private static Gen<string> Decimal { get; } =
        from whole in Gen.Choose(-1000, 1000)
        from digits in Gen.Choose(0, 1_000_000)
        select $"{whole}.{digits:d6}";

    private static Gen<string> Scalar { get; } =
        Gen.OneOf(
            Gen.Elements(Scalars),
            Text,
            Integer,
            Decimal,
            Gen.Elements(Times).Select(time => $"\"{time}\""),
            Gen.Choose(0, 40).Select(number => $"\"{number:x8}-f907-47b4-a398-1d01eaffcb63\"")
        );

    /// <summary>One line: an object with some keys of the events table and some others.</summary>
    public static Gen<string> Line { get; } =
        from members in Members(Gen.Elements(Keys), depth: 3)
        from count in Gen.Choose(0, 70)
        from before in Space
        from after in Space
        select $"{before}{{{string.Join(",", members.Take(count))}}}{after}";

    /// <summary>A line with all keys in their order, as real rows have it, and any values.</summary>
    public static Gen<string> OrderedLine { get; } =
        from values in Gen.CollectToList(
            EventsTable.Definition.Columns.Select(column =>
                Gen.Frequency((1, Value(2)), (3, Gen.Constant(Usual(column.Source))))
                    .Select(value => $"\"{column.Source}\":{value}")
            )
        )
        select $"{{{string.Join(",", values)}}}";

    private static Gen<string> Value(int depth) =>
        depth == 0
            ? Scalar
            : Gen.Frequency(
                (6, Scalar),
                (
                    1,
                    Members(Text.Select(text => text[1..^1]), depth - 1)
                        .Select(items => $"{{{string.Join(",", items)}}}")
                ),
                (
                    1,
                    from items in Value(depth - 1).ListOf()
                    from space in Space
                    select $"[{space}{string.Join(",", items.Take(9))}{space}]"
                )
            );

    private static Gen<List<string>> Members(Gen<string> keys, int depth) =>
        (
            from before in Space
            from key in keys
            from after in Space
            from value in Value(depth)
            from space in Space
            select $"{before}\"{key}\"{after}:{space}{value}{after}"
        )
            .ListOf()
            .Select(items => items.ToList());

    private static string Usual(string source)
    {
        using var ordinary = System.Text.Json.JsonDocument.Parse(EventLine.Ordinary);
        return ordinary.RootElement.GetProperty(source).GetRawText();
    }
}
