namespace Waveguide.Cli.Output;

/// <summary>Aligned columns of text, without lines around them.</summary>
internal static class TextTable
{
    /// <summary>Letters of a cell that are shown; the last column is shown whole.</summary>
    private const int WidestCell = 60;

    /// <param name="right">Columns whose cells are aligned to the right.</param>
    public static void Write(
        TextWriter writer,
        IReadOnlyList<string> head,
        IEnumerable<IReadOnlyList<string>> rows,
        IReadOnlySet<int>? right = null
    )
    {
        var lines = rows.Select(row =>
                row.Select((cell, column) => Shown(cell, last: column == row.Count - 1)).ToList()
            )
            .ToList();
        var widths = head.Select((name, column) => lines.Select(line => line[column].Length).Append(name.Length).Max())
            .ToList();
        foreach (var line in lines.Prepend([.. head]))
        {
            var cells = line.Select(
                (cell, column) =>
                    right?.Contains(column) == true ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])
            );
            writer.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string Shown(string cell, bool last)
    {
        var line = cell.ReplaceLineEndings(" ").Replace('\t', ' ');
        return last || line.Length <= WidestCell ? line : line[..(WidestCell - 3)] + "...";
    }
}
