namespace Waveguide.Destinations.DuckDb;

/// <summary>A user whose rows were erased from a warehouse.</summary>
/// <param name="Rows">Rows and quarantined lines that were erased; what a later load left out is not counted.</param>
internal sealed record ErasedUser(string Project, long AmplitudeId, DateTimeOffset ErasedAt, long Rows);

/// <summary>What of a table goes, or went, with the users whose deletion was asked for.</summary>
/// <param name="Table">A table's name, or <c>quarantine</c>.</param>
public sealed record Erasure(string Project, string Table, long Rows, long Users);

/// <param name="Users">Users to be erased, those known by another id after a merge included.</param>
/// <param name="New">Those of them that were not erased before.</param>
public sealed record ErasureReport(long Users, long New, IReadOnlyList<Erasure> Tables);
