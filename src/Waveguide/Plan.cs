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
    /// <summary>Hours to fetch.</summary>
    public int Hours => Slices.Sum(slice => slice.Hours.Count);
}

/// <summary>Which hours a run answers for.</summary>
/// <param name="From">The first hour.</param>
/// <param name="Until">The hour after the last; null for as far as is safe.</param>
/// <param name="Again">Whether hours that are loaded are read again too.</param>
public sealed record RunRequest(UploadHour From, UploadHour? Until = null, bool Again = false)
{
    /// <summary>The hours asked for, as far as they are safe to read now; empty if none is.</summary>
    public HourRange Wanted(Availability availability, DateTimeOffset now)
    {
        var safe = availability.SafeUntil(now);
        return new HourRange(From, Until is { } until && until < safe ? until : safe);
    }
}
