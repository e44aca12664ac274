namespace Waveguide;

/// <summary>A fetched slice as a relation: what a destination reads its rows from, and what was counted on the way.</summary>
public sealed class Scan(FetchedSlice fetched, PipelineOptions options, DateTimeOffset loadedAt)
{
    public FetchedSlice Fetched { get; } = fetched;

    public Slice Slice => Fetched.Slice;

    /// <summary>
    /// Of the last reading: the proof of the parts, if it counted, or one of the destination, which may read them several
    /// times and calls <see cref="SliceContent.Clear"/> before each.
    /// </summary>
    public SliceContent Content { get; } = fetched.Content ?? new SliceContent(fetched.Slice, options);

    /// <summary>The value of <c>_loaded_at</c> in every row, UTC.</summary>
    public DateTimeOffset LoadedAt { get; } = loadedAt;

    /// <summary>What the rows are delivered without.</summary>
    public Privacy Privacy => Content.Privacy;

    /// <summary>
    /// Whether hours are written whose content seems to be there already. A fingerprint knows what was read, not what has
    /// become of it since: who asks for loaded hours again wants what is there replaced.
    /// </summary>
    public bool Rewrites { get; init; }

    /// <summary>The state of an hour of this slice once it is loaded.</summary>
    public HourState StateOf(UploadHour hour) =>
        options.Availability.IsFinal(hour, Fetched.ReadAt, Slice.Table.Kind)
            ? HourState.Confirmed
            : HourState.Provisional;
}

/// <summary>How many lines of a slice may be put aside before the slice fails as a whole.</summary>
public sealed record ScanLimits
{
    /// <summary>Rejected lines that are always allowed: 100 by default.</summary>
    public int MaxRejected { get; init; } = 100;

    /// <summary>Share of all lines that may be rejected if that is more than <see cref="MaxRejected"/>: 0.001.</summary>
    public double MaxRejectedShare { get; init; } = 0.001;

    /// <summary>Rejected lines that are kept in memory at most, whatever the share.</summary>
    internal int MostKept { get; init; } = 10_000;
}

/// <summary>A line that is not one JSON object, as it stood in its part.</summary>
/// <param name="Line">Number of the line in its part; the first is 1.</param>
/// <param name="Offset">Where the line begins in the uncompressed part, in bytes.</param>
/// <param name="Raw">The line's bytes without the newline; of a line over the scan's limit, only its beginning.</param>
public sealed record RejectedLine(UploadHour Hour, string Part, long Line, long Offset, string Reason, byte[] Raw);

/// <summary>What one hour was found to hold: its counts, and an order-free sum over its lines.</summary>
public readonly record struct HourContent(HourTally Tally, UInt128 Sum)
{
    /// <summary>Equal for two readings of the same hour with the same rows, in whatever order and parts.</summary>
    public string Fingerprint => Sum.ToString("x32");

    public static HourContent operator +(HourContent left, HourContent right) =>
        new(left.Tally + right.Tally, unchecked(left.Sum + right.Sum));
}
