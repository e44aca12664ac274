using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Waveguide.Amplitude;

namespace Waveguide.Tests.Scanning;

/// <summary>Parts of a slice as files on disk.</summary>
internal sealed class Spool : IDisposable
{
    public static readonly UploadHour FirstHour = UploadHour.Parse("2025-07-09T00");

    private readonly TemporaryFolder _folder = new();
    private readonly List<FetchedPart> _parts = [];

    public IReadOnlyList<FetchedPart> Parts => _parts;

    public Spool Add(params IEnumerable<string> lines) => Add(0, string.Concat(lines.Select(line => line + "\n")));

    public Spool Add(int hour, string json) => Add(hour, Encoding.UTF8.GetBytes(json));

    public Spool Add(int hour, ReadOnlySpan<byte> json) => AddGzip(hour, Gzip(json));

    public Spool AddGzip(int hour, byte[] gzip)
    {
        var name = $"part-{_parts.Count:d3}.json.gz";
        File.WriteAllBytes(_folder.At(name), gzip);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(gzip));
        _parts.Add(new FetchedPart(FirstHour.AddHours(hour), name, _folder.At(name), 0, gzip.Length, sha256));
        return this;
    }

    public Scan Scan(PipelineOptions options)
    {
        var slice = new Slice("web", EventsTable.Definition, new HourRange(FirstHour, FirstHour.AddHours(24)));
        var readAt = new DateTimeOffset(2025, 7, 11, 0, 0, 0, TimeSpan.Zero);
        return new Scan(new FetchedSlice(slice, readAt, _parts, this), options, readAt.AddMinutes(1));
    }

    /// <summary>May be called again: a landing disposes the slice whose parts these are.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_folder.Path))
        {
            _folder.Dispose();
        }
    }

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }
}
