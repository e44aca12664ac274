namespace Waveguide;

/// <param name="Source">The key in Amplitude's JSON, such as <c>$insert_id</c>.</param>
/// <param name="Name">The column's name at every destination, such as <c>insert_id</c>.</param>
public sealed record Column(string Source, string Name, ColumnType Type, string Description)
{
    /// <summary>Whether nearly every row has a value of its own here, so that a destination need not look for repeats.</summary>
    public bool SeldomRepeats { get; init; }
}

public enum ColumnType
{
    Text,

    /// <summary>A signed integer of 64 bits.</summary>
    Integer,

    /// <summary>A double-precision number.</summary>
    Number,

    Boolean,

    /// <summary>Microseconds, UTC, without a zone.</summary>
    Timestamp,

    /// <summary>Any JSON value, kept as the exact bytes of the source.</summary>
    Json,
}
