namespace Waveguide.Storage;

/// <summary>Bytes that can be read as often as an upload has to be tried: a range of a file, or memory.</summary>
public sealed class ObjectContent
{
    private readonly Func<Stream> _open;

    private ObjectContent(long length, Func<Stream> open)
    {
        Length = length;
        _open = open;
    }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    public static ObjectContent Of(ReadOnlyMemory<byte> bytes) =>
        new(bytes.Length, () => new MemoryStream(bytes.ToArray(), writable: false));

    /// <param name="offset">Where the content begins in the file, in bytes.</param>
    public static ObjectContent OfFile(string path, long offset, long length) =>
        new(length, () => FileRange.Open(path, offset, length));

    /// <summary>A new stream over all bytes; it can be moved in, and several may be open at once.</summary>
    public Stream Open() => _open();
}
