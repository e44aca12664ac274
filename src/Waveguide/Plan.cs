namespace Waveguide;

/// <summary>What a run sets out to do, decided from the coverage alone.</summary>
/// <param name="Wanted">All hours the run answers for, up to the newest one that is safe to ask for.</param>
/// <param name="Missing">Those that are to be loaded.</param>
/// <param name="SecondLook">Those that are loaded and are to be read again.</param>
/// <param name="Slices">The requests that would be made, in order.</param>
public sealed record Plan(
    HourRange Wanted,
    IReadOnlyList<HourRange> Missing,
    IReadOnlyList<HourRange> SecondLook,
    IReadOnlyList<Slice> Slices
)
{
    /// <summary>Of the table: hours mean days of a daily one, and the moment of a snapshot.</summary>
    public TableKind Kind { get; init; }

    /// <summary>Hours to fetch.</summary>
    public int Hours => Slices.Sum(slice => slice.Hours.Count);
}

/// <summary>Which hours a run answers for.</summary>
/// <param name="From">The first hour.</param>
/// <param name="Until">The hour after the last; null for as far as is safe.</param>
/// <param name="Again">Whether hours that are loaded are read again too.</param>
public sealed record RunRequest(UploadHour From, UploadHour? Until = null, bool Again = false)
{
    /// <summary>
    /// The hours asked for, as far as they are safe to read now; empty if none is. A daily table has whole days, a
    /// snapshot the present hour, whatever was asked for.
    /// </summary>
    public HourRange Wanted(Availability availability, DateTimeOffset now, TableKind kind = TableKind.Hourly)
    {
        var safe = availability.SafeUntil(now, kind);
        var until = Until is { } end && end < safe ? end : safe;
        return kind switch
        {
            TableKind.Hourly => new HourRange(From, until),
            TableKind.Daily => new HourRange(From.Midnight, until.AddHours(23).Midnight),
            TableKind.Snapshot => new HourRange(safe.AddHours(-1), safe),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
