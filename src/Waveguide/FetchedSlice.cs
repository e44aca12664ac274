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

    /// <summary>The archive in which the parts came, on disk; null if they came otherwise.</summary>
    public string? Archive { get; init; }

    /// <summary>
    /// Those of <see cref="Slice.Held"/> that are the same now and were not fetched: their rows stay as they are. All
    /// other rows of a snapshot make way for the parts.
    /// </summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>What the person who runs it should know, though nothing failed; a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Where the proof of the parts counted what they hold, if it did.</summary>
    public SliceContent? Content { get; init; }

    /// <summary>
    /// Why something of a snapshot could not be had, though the rest could: it is loaded without, or with what was held
    /// of it, and counts as failed all the same. Null: nothing is lacking.
    /// </summary>
    public SourceException? Lacking { get; init; }

    /// <summary>Called once the destination holds the slice: what was kept to fetch it again faster may go.</summary>
    public Action Committed { get; init; } = () => { };

    public void Dispose() => spool.Dispose();
}

/// <summary>One file of JSON lines, gzipped as it came: a range of bytes of a file on disk.</summary>
/// <param name="Name">The file's name as the source gave it, without folders.</param>
/// <param name="Path">The file on disk that holds the part.</param>
/// <param name="Offset">Where the part begins in that file, in bytes.</param>
/// <param name="Length">Bytes of the part, compressed.</param>
/// <param name="Sha256">Lower-case hex of the compressed bytes.</param>
public sealed record FetchedPart(UploadHour Hour, string Name, string Path, long Offset, long Length, string Sha256)
{
    /// <summary>Whether the file holds the lines themselves, and not their gzip.</summary>
    public bool IsPlain { get; init; }
}
