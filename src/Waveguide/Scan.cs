namespace Waveguide;

/// <summary>
/// A fetched slice as a relation: what a destination reads its rows from, and what was counted on the way. A
/// destination may read it several times, calling <see cref="Restart"/> before each. Safe for concurrent use.
/// </summary>
public sealed class Scan(FetchedSlice fetched, PipelineOptions options, DateTimeOffset loadedAt)
{
    private readonly ScanLimits _limits = options.Limits;
    private readonly Lock _gate = new();
    private readonly Dictionary<UploadHour, HourContent> _hours = [];
    private readonly List<RejectedLine> _rejected = [];

    public FetchedSlice Fetched { get; } = fetched;

    public Slice Slice => Fetched.Slice;

    /// <summary>The value of <c>_loaded_at</c> in every row, UTC.</summary>
    public DateTimeOffset LoadedAt { get; } = loadedAt;

    /// <summary>What the rows are delivered without.</summary>
    public Privacy Privacy => options.Privacy;

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

    /// <summary>The lines put aside by the last reading.</summary>
    public IReadOnlyList<RejectedLine> Rejected
    {
        get
        {
            lock (_gate)
            {
                return [.. _rejected.OrderBy(line => line.Hour).ThenBy(line => line.Part).ThenBy(line => line.Line)];
            }
        }
    }

    /// <summary>What the last reading counted in this hour; nothing if the hour has no part.</summary>
    public HourContent Content(UploadHour hour)
    {
        lock (_gate)
        {
            return _hours.GetValueOrDefault(hour);
        }
    }

    /// <summary>Forgets what was counted, before the parts are read once more.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _hours.Clear();
            _rejected.Clear();
        }
    }

    /// <summary>Forgets what was counted in an hour, before its parts are read once more.</summary>
    public void Forget(UploadHour hour)
    {
        lock (_gate)
        {
            _hours.Remove(hour);
            _rejected.RemoveAll(line => line.Hour == hour);
        }
    }

    /// <summary>Adds what was counted in a part, or in some of it.</summary>
    public void Count(UploadHour hour, HourContent content)
    {
        lock (_gate)
        {
            _hours[hour] = _hours.GetValueOrDefault(hour) + content;
        }
    }

    /// <exception cref="SourceException">There are more such lines than can be kept at all.</exception>
    public void Reject(RejectedLine line)
    {
        lock (_gate)
        {
            _rejected.Add(line);
            if (_rejected.Count > Math.Max(_limits.MostKept, _limits.MaxRejected))
            {
                throw TooMany(_rejected.Count, _hours.Values.Sum(hour => hour.Tally.Rows));
            }
        }
    }

    /// <summary>Called by the destination when all is read and nothing is committed.</summary>
    /// <exception cref="SourceException">More lines were put aside than the limits allow.</exception>
    public void ThrowIfTooManyRejected()
    {
        lock (_gate)
        {
            var rows = _hours.Values.Sum(hour => hour.Tally.Rows + hour.Tally.Duplicates);
            if (_rejected.Count > Math.Max(_limits.MaxRejected, _limits.MaxRejectedShare * (rows + _rejected.Count)))
            {
                throw TooMany(_rejected.Count, rows);
            }
        }
    }

    private SourceException TooMany(int lines, long rows)
    {
        var first = _rejected[0];
        return new SourceException(
            SourceFailure.TooManyRejected,
            $"{Slice}: {lines:N0} of {lines + rows:N0} lines are not JSON objects, more than is allowed. "
                + $"The first is line {first.Line:N0} of {first.Part}: {first.Reason}."
        )
        {
            Hint = "Nothing of this slice was loaded. Look at that line; if it may be put aside, raise max_rejected.",
        };
    }
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
