namespace Waveguide.Simulator.Traffic;

/// <summary>How many visits begin in an hour: more by day in Europe, fewer at weekends.</summary>
internal sealed class Rhythm(TrafficOptions options)
{
    private const double EventsPerVisit = 4.31;

    private static readonly double[] HoursUtc =
    [
        0.42,
        0.36,
        0.34,
        0.36,
        0.44,
        0.62,
        0.86,
        1.18,
        1.52,
        1.68,
        1.66,
        1.52,
        1.44,
        1.58,
        1.66,
        1.56,
        1.36,
        1.12,
        0.92,
        0.82,
        0.76,
        0.70,
        0.60,
        0.50,
    ];

    /// <summary>The number of visits.</summary>
    /// <param name="hour">Hours since 1970.</param>
    public int Visits(long hour)
    {
        var day = (hour / 24 + 4) % 7;
        var weekly = day is 0 or 6 ? 0.45 : 1.22;
        var chance = Dice.Mix(options.Seed, (ulong)hour, 11);
        var expected = options.EventsPerDay / 24.0 / EventsPerVisit * HoursUtc[hour % 24] * weekly;
        var swing = expected * (0.92 + 0.16 * Dice.Share(chance));
        return (int)(swing + Dice.Share(Dice.Mix(chance)));
    }
}
