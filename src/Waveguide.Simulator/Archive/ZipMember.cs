namespace Waveguide.Simulator.Archive;

/// <summary>One member as it will stand in the archive; its bytes are fetched only when they are written.</summary>
internal sealed record ZipMember(string Name, long Size, long StoredSize, uint Crc, Func<ReadOnlyMemory<byte>> Open)
{
    public bool Deflated { get; init; }

    public static ZipMember Directory(string name) => new(name, 0, 0, 0, () => ReadOnlyMemory<byte>.Empty);

    public static ZipMember Of(string name, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>> open, bool deflated)
    {
        var crc = Crc32.Of(bytes.Span);
        return deflated
            ? new ZipMember(name, bytes.Length, Deflate(bytes).Length, crc, () => Deflate(open())) { Deflated = true }
            : new ZipMember(name, bytes.Length, bytes.Length, crc, open);
    }

    private static byte[] Deflate(ReadOnlyMemory<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (
            var deflate = new System.IO.Compression.DeflateStream(
                buffer,
                System.IO.Compression.CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
        {
            deflate.Write(bytes.Span);
        }
        return buffer.ToArray();
    }
}
