namespace Waveguide;

/// <summary>What a scan counted in one hour, or in several.</summary>
/// <param name="Rows">Rows delivered to the destination.</param>
/// <param name="Rejected">Lines put aside because they are not one JSON object.</param>
/// <param name="Repaired">Delivered rows in which some value did not fit its column and is kept under <c>_extra</c>.</param>
/// <param name="Duplicates">Rows left out because their key was already in the hour.</param>
/// <param name="Bytes">Bytes of JSON read, uncompressed.</param>
public readonly record struct HourTally(long Rows, long Rejected, long Repaired, long Duplicates, long Bytes)
{
    public static HourTally Sum(IEnumerable<HourTally> tallies) =>
        tallies.Aggregate(default(HourTally), (sum, tally) => sum + tally);

    public static HourTally operator +(HourTally left, HourTally right) =>
        new(
            left.Rows + right.Rows,
            left.Rejected + right.Rejected,
            left.Repaired + right.Repaired,
            left.Duplicates + right.Duplicates,
            left.Bytes + right.Bytes
        );
}
