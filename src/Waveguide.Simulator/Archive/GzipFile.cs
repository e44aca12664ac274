using System.IO.Compression;

namespace Waveguide.Simulator.Archive;

/// <summary>Gzip as Amplitude writes it: no name, no time, operating system 255.</summary>
internal static class GzipFile
{
    public static byte[] Compress(ReadOnlySpan<byte> json, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, level, leaveOpen: true))
        {
            gzip.Write(json);
        }
        return Finish(buffer);
    }

    /// <summary>The bytes of one written member with Amplitude's header flags.</summary>
    public static byte[] Finish(MemoryStream member)
    {
        var bytes = member.ToArray();
        if (bytes.Length > 9)
        {
            bytes[8] = 0;
            bytes[9] = 255;
        }
        return bytes;
    }

    public static byte[] Decompress(ReadOnlyMemory<byte> gzip)
    {
        using var source = new MemoryStream(gzip.ToArray(), writable: false);
        using var unpacked = new GZipStream(source, CompressionMode.Decompress);
        using var json = new MemoryStream();
        unpacked.CopyTo(json);
        return json.ToArray();
    }

    /// <summary>The lines without their newlines; an empty last line is not one.</summary>
    public static List<byte[]> Lines(ExportPart part)
    {
        var lines = new List<byte[]>(part.Events);
        var json = Decompress(part.Gzip).AsSpan();
        while (json.Length > 0)
        {
            var end = json.IndexOf((byte)'\n');
            lines.Add((end < 0 ? json : json[..end]).ToArray());
            json = end < 0 ? [] : json[(end + 1)..];
        }
        return lines;
    }

    public static ExportPart Part(string name, IReadOnlyCollection<byte[]> lines)
    {
        using var json = new MemoryStream();
        foreach (var line in lines)
        {
            json.Write(line);
            json.WriteByte((byte)'\n');
        }
        var bytes = json.GetBuffer().AsSpan(0, (int)json.Length);
        return new ExportPart(name, Compress(bytes), bytes.Length, lines.Count);
    }

    public static int CountLines(ReadOnlySpan<byte> json) =>
        json.Count((byte)'\n') + (json.Length > 0 && json[^1] != '\n' ? 1 : 0);
}
