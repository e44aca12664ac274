namespace Waveguide;

/// <summary>What a run did.</summary>
/// <param name="Interrupted">Whether it was stopped before the end of its plan; what was committed stays.</param>
public sealed record RunReport(
    Plan Plan,
    IReadOnlyList<Manifest> Committed,
    IReadOnlyList<PipelineEvent.Failed> Failed,
    bool Interrupted
)
{
    /// <summary>Why the project does not have this table; null if it does.</summary>
    public SourceException? NotOffered { get; init; }

    public int Hours => Committed.Sum(manifest => manifest.Slice.Hours.Count);

    public HourTally Tally => HourTally.Sum(Committed.Select(manifest => manifest.Tally));

    public IEnumerable<UploadHour> Replaced => Committed.SelectMany(manifest => manifest.Replaced);
}
