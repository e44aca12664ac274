namespace Waveguide.Cli.Output;

/// <summary>Aligned columns of text, without lines around them.</summary>
internal static class TextTable
{
    /// <summary>Letters of a cell that are shown; the last column is shown whole.</summary>
    private const int WidestCell = 60;

    /// <param name="right">Columns whose cells are aligned to the right.</param>
    /// <param name="wrap">Whether the last column is broken to keep to the width.</param>
    public static void Write(
        TextWriter writer,
        IReadOnlyList<string> head,
        IEnumerable<IReadOnlyList<string>> rows,
        IReadOnlySet<int>? right = null,
        bool wrap = false
    )
    {
        var lines = rows.Select(row => row.Select((cell, at) => Shown(cell, at == row.Count - 1)).ToList()).ToList();
        var widths = head.Select(
                (name, at) => lines.Select(line => Prose.Letters(line[at])).Append(Prose.Letters(name)).Max()
            )
            .ToList();
        foreach (var line in lines.Prepend([.. head.Select(name => Shown(name, last: true))]))
        {
            var cells = line.Select((cell, at) => Pad(cell, widths[at], right?.Contains(at) == true));
            var text = string.Join("  ", cells).TrimEnd();
            writer.WriteLine(wrap ? Broken(text, widths.SkipLast(1).Sum(width => width + 2)) : text);
        }
    }

    private static string Broken(string text, int indent) =>
        text.Length <= Prose.Width
            ? text
            : text[..indent] + Prose.Wrap(new string(' ', indent) + text[indent..], indent)[indent..];

    private static string Pad(string cell, int width, bool right)
    {
        var blanks = new string(' ', width - Prose.Letters(cell));
        return right ? blanks + cell : cell + blanks;
    }

    private static string Shown(string cell, bool last)
    {
        var line = Prose.OneLine(cell);
        return last ? line : Prose.Cut(line, WidestCell);
    }
}
