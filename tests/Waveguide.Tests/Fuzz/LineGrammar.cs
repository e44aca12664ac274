using System.Globalization;
using System.Text;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Fuzz;

/// <summary>Lines of the events table by a grammar: mostly as real ones are, with every liberty that JSON gives.</summary>
internal sealed class LineGrammar(Random dice)
{
    private static readonly IReadOnlyList<Column> Columns = EventsTable.Definition.Columns;

    private static readonly string[] Scalars =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "7.50",
        "1e5",
        "-2.5E-3",
        "1e400",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "0.1234567890123456789",
        "\"1\"",
        "\"true\"",
        "\"\"",
        "\"2025-07-09 00:22:44.545000\"",
        "\"2025-07-09T00:22:44Z\"",
        "\"2025-02-30 00:00:00.000000\"",
        "\"2024-02-29\"",
        "\"9999-12-31 23:59:59.9999999\"",
    ];

    private static readonly string[] Pieces =
    [
        "a",
        "twelve bytes",
        "a piece of thirty-three bytes, so",
        "{}[],:",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n\\t",
        "\\u0000",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\uD83D",
        "\u00e9",
        "\u4e2d",
        "\ud83d\ude00",
        "\u2028",
        "\u007f",
    ];

    public byte[] Line()
    {
        var isWide = dice.Next(2) == 0;
        var columns = Columns.Where(_ => isWide ? dice.Next(8) > 0 : dice.Next(12) == 0).ToList();
        var isOrdered = dice.Next(4) > 0;
        var isCompact = dice.Next(4) > 0;
        var keys = isOrdered ? columns : [.. columns.OrderBy(_ => dice.Next())];
        var members = keys.Select(column => Member(column.Source, Value(column.Type), isCompact)).ToList();
        if (dice.Next(4) == 0)
        {
            members.Insert(dice.Next(members.Count + 1), Member(Text()[1..^1], Any(3), isCompact));
        }

        return Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
    }

    private string Member(string key, string value, bool isCompact) =>
        isCompact ? $"\"{key}\":{value}" : $"{Space()}\"{key}\"{Space()}:{Space()}{value}{Space()}";

    private string Space() => dice.Next(6) == 0 ? " \t\r"[dice.Next(3)].ToString() : string.Empty;

    private string Value(ColumnType type) =>
        dice.Next(12) == 0
            ? Any(3)
            : type switch
            {
                ColumnType.Text => Text(),
                ColumnType.Integer => dice.NextInt64().ToString(CultureInfo.InvariantCulture),
                ColumnType.Number => (dice.NextDouble() * 360 - 180).ToString("R", CultureInfo.InvariantCulture),
                ColumnType.Boolean => dice.Next(2) == 0 ? "true" : "false",
                ColumnType.Timestamp => $"\"{Moment():yyyy-MM-dd HH:mm:ss.ffffff}\"",
                _ => $"{{\"a\":{Any(2)},{Text()}:{Any(1)}}}",
            };

    private DateTime Moment() => DateTime.UnixEpoch.AddTicks(dice.NextInt64(4_000_000_000L * TimeSpan.TicksPerSecond));

    private string Text() => $"\"{string.Concat(dice.GetItems(Pieces, dice.Next(5)))}\"";

    private string Any(int depth) =>
        (depth == 0 ? 0 : dice.Next(5)) switch
        {
            3 =>
                $"[{Space()}{string.Join(',', Enumerable.Range(0, dice.Next(4)).Select(_ => Any(depth - 1)))}{Space()}]",
            4 => $"{{{string.Join(',', Enumerable.Range(0, dice.Next(4)).Select(_ => $"{Text()}:{Any(depth - 1)}"))}}}",
            1 => Text(),
            _ => Scalars[dice.Next(Scalars.Length)],
        };
}
