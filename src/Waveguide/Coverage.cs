namespace Waveguide;

/// <summary>Which hours of a table a destination holds, and in which state: the whole memory between two runs.</summary>
public sealed class Coverage
{
    private readonly SortedDictionary<UploadHour, HourRecord> _records;

    public Coverage(IEnumerable<HourRecord> records) =>
        _records = new SortedDictionary<UploadHour, HourRecord>(records.ToDictionary(record => record.Hour));

    /// <summary>In the order of hours.</summary>
    public IReadOnlyCollection<HourRecord> Records => _records.Values;

    public UploadHour? First => _records.Count == 0 ? null : _records.Keys.First();

    /// <summary>Hours in the window of the newest entry; the widest when there is none.</summary>
    public int Window => _records.Values.MaxBy(record => record.At)?.Window ?? Slice.WidestWindow;

    /// <summary>The newest hour that is loaded: of a snapshot, the one in which it was taken.</summary>
    public HourRecord? Newest => _records.Values.LastOrDefault(record => record.State.IsLoaded());

    public HourRecord? this[UploadHour hour] => _records.GetValueOrDefault(hour);

    public bool Holds(UploadHour hour) => this[hour] is { } record && record.State.IsLoaded();

    /// <summary>The hours of the range that are not loaded, whatever the reason.</summary>
    public IReadOnlyList<HourRange> Gaps(HourRange wanted) =>
        HourRange.Gather(wanted.Hours().Where(hour => !Holds(hour)));

    /// <summary>The gaps that a run asks for: all but the hours that are known to be too large.</summary>
    public IReadOnlyList<HourRange> Missing(HourRange wanted) =>
        HourRange.Gather(wanted.Hours().Where(hour => !Holds(hour) && this[hour]?.State != HourState.TooLarge));

    /// <summary>
    /// The provisional hours of those UTC days that have become final altogether: a day is looked at a second time as
    /// one, so that each hour is fetched twice in its life and not on every run.
    /// </summary>
    public IReadOnlyList<HourRange> DueForSecondLook(
        HourRange wanted,
        DateTimeOffset now,
        Availability availability,
        TableKind kind = TableKind.Hourly
    ) =>
        HourRange.Gather(
            _records
                .Values.Where(record => record.State == HourState.Provisional && wanted.Contains(record.Hour))
                .Select(record => record.Hour)
                .Where(hour => availability.IsFinal(hour.Midnight.AddHours(23), now, kind))
        );
}
