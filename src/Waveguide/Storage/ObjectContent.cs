namespace Waveguide.Storage;

/// <summary>Bytes that can be read as often as an upload has to be tried.</summary>
/// <param name="length">Bytes.</param>
/// <param name="open">Gives a new stream over all of them each time; several may be open at once.</param>
public sealed class ObjectContent(long length, Func<Stream> open)
{
    /// <summary>Bytes. A stream that gives fewer is a failure of the upload.</summary>
    public long Length { get; } = length;

    public static ObjectContent Of(ReadOnlyMemory<byte> bytes) =>
        new(bytes.Length, () => new MemoryStream(bytes.ToArray(), writable: false));

    /// <param name="offset">Where the content begins in the file, in bytes.</param>
    public static ObjectContent OfFile(string path, long offset, long length) =>
        new(length, () => FileRange.Open(path, offset, length));

    /// <summary>A new stream over all bytes; of memory and of files it can be moved in.</summary>
    public Stream Open() => open();
}
