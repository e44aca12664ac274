namespace Waveguide;

/// <summary>The unit of fetching, committing and repairing: one table and one range of upload hours.</summary>
/// <param name="Window">
/// The width in hours that was in force when the slice was planned; a destination remembers it with the hours.
/// </param>
public sealed record Slice(string Project, Table Table, HourRange Hours, int Window = Slice.WidestWindow)
{
    /// <summary>Hours in the widest window that is ever asked for.</summary>
    public const int WidestWindow = 24;

    /// <summary>
    /// Names of the parts of the snapshot that the destination holds. One that is the same now need not be fetched again
    /// (<see cref="FetchedSlice.Kept"/>). Empty for tables that are no snapshots.
    /// </summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    public override string ToString() => $"{Table.Name} {Hours}";
}
