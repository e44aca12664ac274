namespace Waveguide;

/// <summary>What one commit made visible.</summary>
/// <param name="Hours">The ledger's entries as committed, one for each hour of the slice.</param>
/// <param name="Replaced">Hours that were loaded before with other content.</param>
/// <param name="ToolVersion">Version of Waveguide that loaded the slice.</param>
public sealed record Manifest(
    Slice Slice,
    IReadOnlyList<HourRecord> Hours,
    IReadOnlyList<UploadHour> Replaced,
    IReadOnlyList<FetchedPart> Parts,
    string ToolVersion,
    DateTimeOffset LoadedAt
)
{
    public HourTally Tally => HourTally.Sum(Hours.Select(hour => hour.Tally));
}
