namespace Waveguide.Amplitude.Series;

/// <summary>What is counted in <see cref="SeriesTables.ActiveUsers"/>; the defaults are Amplitude's own.</summary>
public sealed record ActiveUsersOptions
{
    /// <summary><c>active</c>, as by default, or <c>new</c>.</summary>
    public string Metric { get; init; } = "active";

    /// <summary>1 for days, as by default, 7 for weeks, 30 for months.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>A user property such as <c>country</c>, or <c>gp:plan</c> for one of the project's own; null: none.</summary>
    public string? GroupBy { get; init; }
}

/// <summary>
/// The buckets of <see cref="SeriesTables.SessionLengths"/>, in place of Amplitude's nine from 0 seconds to a day.
/// </summary>
/// <param name="TimeUnit"><c>seconds</c>, <c>minutes</c> or <c>hours</c>.</param>
/// <param name="Size">Of each bucket; null: as Amplitude sees fit.</param>
public sealed record SessionLengthBins(string TimeUnit, int Min, int Max, int? Size);
