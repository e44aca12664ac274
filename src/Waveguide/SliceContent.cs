namespace Waveguide;

/// <summary>What the parts of a slice were found to hold, hour by hour. Safe for concurrent use.</summary>
public sealed class SliceContent(Slice slice, PipelineOptions options)
{
    private readonly ScanLimits _limits = options.Limits;
    private readonly Lock _gate = new();
    private readonly Dictionary<UploadHour, HourContent> _hours = [];
    private readonly List<RejectedLine> _rejected = [];

    public Slice Slice { get; } = slice;

    /// <summary>What the rows are counted, and delivered, without.</summary>
    public Privacy Privacy { get; } = options.Privacy;

    /// <summary>Whether all parts of the slice were read to their ends since the last <see cref="Clear"/>.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The lines put aside.</summary>
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

    /// <summary>Nothing if the hour has no part.</summary>
    public HourContent this[UploadHour hour]
    {
        get
        {
            lock (_gate)
            {
                return _hours.GetValueOrDefault(hour);
            }
        }
    }

    /// <summary>Forgets what was counted, before the parts are read once more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _hours.Clear();
            _rejected.Clear();
            IsWhole = false;
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
