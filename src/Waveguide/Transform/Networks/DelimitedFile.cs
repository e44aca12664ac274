using System.IO.Compression;
using System.Text;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform.Networks;

/// <summary>The lines of a CSV or TSV file, packed with gzip or not.</summary>
internal static class DelimitedFile
{
    private const int Longest = 100_000;

    /// <exception cref="ConfigurationException">The file cannot be read, or a line is no line of text.</exception>
    public static IEnumerable<(Place Place, IReadOnlyList<string> Cells)> Read(string path)
    {
        using var reader = Open(path);
        var place = new Place(Path.GetFileName(path), 0);
        char? separator = null;
        while (Next(reader, path) is { } line)
        {
            place = place with { Line = place.Line + 1 };
            if (line.Length > Longest || line.Contains('\0', StringComparison.Ordinal))
            {
                throw place.Fault("this is no line of a CSV file");
            }

            if (line.Length > 0 && line[0] != '#')
            {
                separator ??= line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
                yield return (place, Cells(line, separator.Value));
            }
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, reason);
        }
    }

    private static string? Next(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception reason) when (reason is IOException or InvalidDataException)
        {
            throw Unreadable(path, reason);
        }
    }

    private static ConfigurationException Unreadable(string path, Exception reason) =>
        new($"{path} cannot be read ({reason.Message.TrimEnd('.')}).", reason);

    /// <summary>Cells may stand in quotes, with doubled quotes inside (RFC 4180).</summary>
    private static List<string> Cells(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (letter == '"' && separator == ',')
            {
                var isDoubled = isQuoted && at + 1 < line.Length && line[at + 1] == '"';
                isQuoted = isDoubled == isQuoted;
                at += isDoubled ? 1 : 0;
                cell.Append(isDoubled ? "\"" : "");
            }
            else if (letter == separator && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }
}
