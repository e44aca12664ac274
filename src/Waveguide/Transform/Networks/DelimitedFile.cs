using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform.Networks;

/// <summary>
/// The lines of a CSV file, or of one with tabs in which quotes mean nothing, packed with gzip or not. Lines that begin
/// with # are left out.
/// </summary>
internal static class DelimitedFile
{
    private const int Longest = 100_000;

    /// <exception cref="ConfigurationException">The file cannot be read, or a line is no line of text.</exception>
    public static IEnumerable<(Place Place, IReadOnlyList<string> Cells)> Read(string path)
    {
        var isTabbed = HasTabs(path);
        using var text = Open(path);
        using var parser = new CsvParser(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = isTabbed ? "\t" : ",",
                Mode = isTabbed ? CsvMode.NoEscape : CsvMode.RFC4180,
                AllowComments = true,
                MaxFieldSize = Longest,
                TrimOptions = TrimOptions.Trim,
            }
        );
        while (Next(parser, path) is { } cells)
        {
            yield return (Here(path, parser.RawRow), cells);
        }
    }

    private static bool HasTabs(string path)
    {
        using var text = Open(path);
        var beginning = new char[Longest];
        var length = Guarded(path, () => text.ReadBlock(beginning));
        var lines = new string(beginning, 0, length).Split('\n');
        return lines
            .FirstOrDefault(line => !line.StartsWith('#'), string.Empty)
            .Contains('\t', StringComparison.Ordinal);
    }

    private static StreamReader Open(string path) =>
        Guarded(
            path,
            () =>
            {
                var file = File.OpenRead(path);
                var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
                file.Position = 0;
                return new StreamReader(
                    isGzip ? new GZipStream(file, CompressionMode.Decompress) : file,
                    Encoding.UTF8
                );
            }
        );

    /// <returns>Null at the end.</returns>
    private static string[]? Next(CsvParser parser, string path)
    {
        var begun = parser.RawRow + 1;
        try
        {
            var cells = Guarded(path, parser.Read) ? parser.Record : null;
            return cells?.Any(cell => cell.Contains('\0', StringComparison.Ordinal)) == true ? throw NoLine() : cells;
        }
        catch (Exception reason) when (reason is BadDataException or MaxFieldSizeException)
        {
            throw NoLine();
        }

        ConfigurationException NoLine() => Here(path, begun).Fault("this is no line of a CSV file");
    }

    private static Place Here(string path, int line) => new(Path.GetFileName(path), line);

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ConfigurationException($"{path} cannot be read ({reason.Message.TrimEnd('.')}).", reason);
        }
    }
}
