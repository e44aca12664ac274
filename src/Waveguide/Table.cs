namespace Waveguide;

/// <summary>What a source can deliver and a destination keeps: a named set of typed columns.</summary>
/// <param name="PrimaryKey">Names of the columns that identify a row.</param>
/// <param name="Cursor">Name of the column by which new rows are found; null for a snapshot.</param>
public sealed record Table(
    string Name,
    TableKind Kind,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<string> PrimaryKey,
    string? Cursor
);

public enum TableKind
{
    /// <summary>Rows are appended by upload hour.</summary>
    Hourly,

    /// <summary>One or a few rows for each day.</summary>
    Daily,

    /// <summary>The whole table as it is at the moment of reading.</summary>
    Snapshot,
}
