namespace Waveguide;

/// <summary>
/// The verified files of a slice on disk. Disposing deletes them. An hour of the slice without a part has no data.
/// </summary>
/// <param name="readAt">When the source was asked, UTC; decides whether the hours are final.</param>
/// <param name="spool">Owns the files; disposed with this object.</param>
public sealed class FetchedSlice(
    Slice slice,
    DateTimeOffset readAt,
    IReadOnlyList<FetchedPart> parts,
    IDisposable spool
) : IDisposable
{
    public Slice Slice { get; } = slice;

    public DateTimeOffset ReadAt { get; } = readAt;

    /// <summary>In the order of hour, then name.</summary>
    public IReadOnlyList<FetchedPart> Parts { get; } = parts;

    public void Dispose() => spool.Dispose();
}

/// <summary>One gzip file of JSON lines: a range of bytes of a file on disk.</summary>
/// <param name="Name">The file's name as the source gave it, without folders.</param>
/// <param name="Path">The file on disk that holds the part.</param>
/// <param name="Offset">Where the part begins in that file, in bytes.</param>
/// <param name="Length">Bytes of the part, compressed.</param>
/// <param name="Sha256">Lower-case hex of the compressed bytes.</param>
public sealed record FetchedPart(UploadHour Hour, string Name, string Path, long Offset, long Length, string Sha256);
