namespace Waveguide.Destinations.Erasing;

/// <param name="Table">One of the tables, or <c>quarantine</c>.</param>
/// <param name="Users">Amplitude ids of whom there are rows.</param>
public sealed record Erasure(string Project, string Table, long Rows, long Users);

/// <param name="Users">Users to be erased, those known by another id after a merge included.</param>
/// <param name="New">Those of them that were not erased before.</param>
public sealed record ErasureReport(long Users, long New, IReadOnlyList<Erasure> Tables)
{
    /// <summary>Kept archives that hold lines of them.</summary>
    public int Archives { get; init; }
}
