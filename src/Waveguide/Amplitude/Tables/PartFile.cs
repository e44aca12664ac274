using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>A part in the making: rows of a table as JSON lines, gzipped on the disk. Used by one thread at a time.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly UploadHour _hour;
    private readonly string _name;
    private readonly string _path;
    private readonly GZipStream _lines;

    private PartFile(UploadHour hour, string name, string path, Stream file)
    {
        _hour = hour;
        _name = name;
        _path = path;
        _lines = new GZipStream(file, CompressionLevel.Fastest);
    }

    /// <param name="name">The part's name in the ledger; the file has another.</param>
    /// <exception cref="SourceException">The spool cannot be written.</exception>
    public static PartFile Create(UploadHour hour, string name, SpoolFolder.Place place)
    {
        var path = Path.Combine(place.Path, $"{Guid.NewGuid():n}.json.gz");
        return new PartFile(hour, name, path, OnDisk(place.Path, () => File.Create(path)));
    }

    /// <summary>Adds a row with its values as they were written.</summary>
    /// <exception cref="SourceException">The spool cannot be written.</exception>
    public void Add(JsonElement row) => Add(JsonSerializer.SerializeToUtf8Bytes(row));

    /// <inheritdoc cref="Add(JsonElement)"/>
    public void Add(JsonObject row) => Add(JsonSerializer.SerializeToUtf8Bytes(row));

    private void Add(ReadOnlySpan<byte> row)
    {
        try
        {
            _lines.Write(row);
            _lines.WriteByte((byte)'\n');
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(Path.GetDirectoryName(_path)!, reason);
        }
    }

    /// <summary>Ends the part; nothing can be added any more.</summary>
    /// <exception cref="SourceException">The spool cannot be written.</exception>
    public FetchedPart Finish() =>
        OnDisk(
            Path.GetDirectoryName(_path)!,
            () =>
            {
                _lines.Dispose();
                using var file = File.OpenRead(_path);
                var hash = Convert.ToHexStringLower(SHA256.HashData(file));
                return new FetchedPart(_hour, _name, _path, Offset: 0, file.Length, hash);
            }
        );

    public void Dispose() => _lines.Dispose();

    private static T OnDisk<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(folder, reason);
        }
    }
}
