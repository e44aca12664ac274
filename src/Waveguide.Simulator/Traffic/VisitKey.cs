namespace Waveguide.Simulator.Traffic;

/// <summary>
/// The <paramref name="Lane"/>-th visit that begins in an hour. A lane always looks back by the same number of hours, so
/// that a visit has at most one visit after it, and any of them can be worked out without the others.
/// </summary>
/// <param name="Hour">Hours since 1970.</param>
/// <param name="Lane">From 0.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct VisitKey(long Hour, int Lane)
{
    private const double ReturnShare = 0.34;
    private const int MaximumVisits = 40;

    private static readonly int[] HoursBetween =
    [
        2,
        3,
        4,
        8,
        22,
        24,
        24,
        25,
        48,
        72,
        96,
        168,
        168,
        240,
        336,
        720,
        2160,
    ];

    public ulong Hash(ulong seed, ulong purpose) => Dice.Mix(seed ^ (purpose << 56), (ulong)Hour, (ulong)Lane);

    /// <summary>The visit of the same person before this one; null for the first.</summary>
    public VisitKey? Previous(ulong seed, Rhythm rhythm)
    {
        if (Dice.Share(Hash(seed, 1)) > ReturnShare)
        {
            return null;
        }
        var hours = HoursBetween[Dice.Mix(seed, (ulong)Lane, 2) % (ulong)HoursBetween.Length];
        return Lane < rhythm.Visits(Hour - hours) ? this with { Hour = Hour - hours } : null;
    }

    /// <summary>The person's first visit, and the number of visits since.</summary>
    public (VisitKey First, int Count) Origin(ulong seed, Rhythm rhythm)
    {
        var (visit, count) = (this, 0);
        while (count < MaximumVisits && visit.Previous(seed, rhythm) is { } previous)
        {
            (visit, count) = (previous, count + 1);
        }
        return (visit, count);
    }
}
