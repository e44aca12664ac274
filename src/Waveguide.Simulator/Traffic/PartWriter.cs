using System.IO.Compression;
using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator.Traffic;

/// <summary>Packs rows into one file as they come.</summary>
internal sealed class PartWriter(TrafficOptions options) : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private readonly byte[] _block = new byte[BlockSize];
    private readonly MemoryStream _gzip = new();
    private GZipStream? _member;
    private int _used;
    private int _events;
    private long _jsonBytes;

    public void Add(ReadOnlySpan<byte> row)
    {
        if (_used + row.Length > BlockSize)
        {
            Flush();
        }
        row.CopyTo(_block.AsSpan(_used));
        _used += row.Length;
        _events++;
        _jsonBytes += row.Length;
    }

    /// <summary>The file; null if it has no rows.</summary>
    public ExportPart? Finish(string name)
    {
        if (_events == 0)
        {
            return null;
        }
        if (!options.FinalNewline)
        {
            _used--;
            _jsonBytes--;
        }
        Flush();
        _member?.Dispose();
        _member = null;
        var gzip = GzipFile.Finish(_gzip);
        return new ExportPart(name, options.GzipMembers > 1 ? Split(gzip) : gzip, _jsonBytes, _events);
    }

    public void Dispose()
    {
        _member?.Dispose();
        _gzip.Dispose();
    }

    private void Flush()
    {
        _member ??= new GZipStream(_gzip, CompressionLevel.Optimal, leaveOpen: true);
        _member.Write(_block.AsSpan(0, _used));
        _used = 0;
    }

    /// <summary>The same rows in several members, cut between rows.</summary>
    private byte[] Split(byte[] gzip)
    {
        var json = GzipFile.Decompress(gzip).AsSpan();
        using var members = new MemoryStream();
        for (var left = options.GzipMembers; left > 0 && json.Length > 0; left--)
        {
            var cut = json.Length / left;
            var newline = left == 1 ? -1 : json[cut..].IndexOf((byte)'\n');
            var taken = newline < 0 ? json.Length : cut + newline + 1;
            members.Write(GzipFile.Compress(json[..taken]));
            json = json[taken..];
        }
        return members.ToArray();
    }
}
