using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>Text for people, broken at blanks to keep to 80 columns.</summary>
internal static class Prose
{
    public const int Width = 80;

    /// <summary>Text that others wrote, on one line and without what a terminal would obey.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>No more than so many letters, of which the last then tells that there were more.</summary>
    public static string Cut(string text, int most) =>
        Letters(text) <= most ? text : new StringInfo(text).SubstringByTextElements(0, most - 1) + "…";

    /// <summary>As a reader counts them, each with its accents.</summary>
    public static int Letters(string text) => new StringInfo(text).LengthInTextElements;

    /// <param name="indent">Blanks before every line but the first, which keeps its own.</param>
    public static string Wrap(string text, int indent = 2)
    {
        var lines = new List<string>();
        var line = text[..(text.Length - text.TrimStart().Length)];
        var start = line.Length;
        foreach (var word in text[start..].Split(' '))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line.TrimEnd());
                (line, start) = (new string(' ', indent), indent);
            }

            line += line.Length > start ? $" {word}" : word;
        }

        lines.Add(line.TrimEnd());
        return string.Join(Environment.NewLine, lines);
    }
}
