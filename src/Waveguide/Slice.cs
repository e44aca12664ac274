namespace Waveguide;

/// <summary>The unit of fetching, committing and repairing: one table and one range of upload hours.</summary>
/// <param name="Window">
/// The width in hours that was in force when the slice was planned; a destination remembers it with the hours.
/// </param>
public sealed record Slice(string Project, Table Table, HourRange Hours, int Window = Slice.WidestWindow)
{
    /// <summary>Hours in the widest window that is ever asked for.</summary>
    public const int WidestWindow = 24;

    public override string ToString() => $"{Table.Name} {Hours}";
}
