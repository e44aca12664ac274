using System.Collections.Concurrent;
using System.IO.Compression;
using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator;

/// <summary>
/// The export archives (<c>*.zip</c>) and loose files (<c>*.json.gz</c>) of a folder and its subfolders. The hour is
/// taken from a file's name; names and gzip bytes are served as they are. Files without an hour in their name are left
/// out; of files with one name, the first by path is served.
/// </summary>
public sealed class ArchiveFolder : IExportData
{
    private readonly SortedDictionary<DateTime, List<Source>> _hours = [];
    private readonly ConcurrentDictionary<Source, (long JsonBytes, int Events)> _sizes = new();

    /// <summary>Reads the names, and no content yet.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="InvalidDataException">An archive is damaged.</exception>
    public ArchiveFolder(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order())
        {
            AddFile(folder, path);
        }
    }

    public DateTime? FirstHour => _hours.Count == 0 ? null : _hours.Keys.First();

    public DateTime? LastHour => _hours.Count == 0 ? null : _hours.Keys.Last();

    public IReadOnlyList<ExportPart> Parts(DateTime hourUtc) =>
        _hours.TryGetValue(hourUtc, out var sources) ? [.. sources.Select(Load)] : [];

    private void AddFile(string folder, string path)
    {
        if (path.EndsWith(".json.gz", StringComparison.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            Add(new Source(name.Contains('/') ? name : Folded(name), path, Entry: null));
        }
        else if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var name in Names(path))
            {
                Add(new Source(name, path, name));
            }
        }
    }

    private static List<string> Names(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return [.. archive.Entries.Select(entry => entry.FullName)];
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path} is not a whole zip archive; take it out of the folder.", error);
        }
    }

    private void Add(Source source)
    {
        if (PartName.Hour(source.Name) is not { } hour)
        {
            return;
        }
        if (!_hours.TryGetValue(hour, out var sources))
        {
            _hours[hour] = sources = [];
        }
        if (!sources.Exists(known => known.Name == source.Name))
        {
            sources.Add(source);
        }
    }

    private ExportPart Load(Source source)
    {
        var gzip = Read(source);
        var (jsonBytes, events) = _sizes.GetOrAdd(source, _ => Measure(gzip));
        return new ExportPart(source.Name, gzip, jsonBytes, events);
    }

    private static byte[] Read(Source source)
    {
        if (source.Entry is null)
        {
            return File.ReadAllBytes(source.Path);
        }
        using var archive = ZipFile.OpenRead(source.Path);
        using var entry = archive.GetEntry(source.Entry)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Size and lines of the content; those of a damaged file are not known, and it is served all the same.</summary>
    private static (long JsonBytes, int Events) Measure(byte[] gzip)
    {
        try
        {
            var json = GzipFile.Decompress(gzip);
            return (json.Length, GzipFile.CountLines(json));
        }
        catch (InvalidDataException)
        {
            return (gzip.Length, 0);
        }
    }

    private static string Folded(string name) => $"{name[..Math.Max(0, name.IndexOf('_'))]}/{name}";

    private sealed record Source(string Name, string Path, string? Entry);
}
