namespace Waveguide.Destinations.DuckDb;

/// <summary>Where the warehouse file is and how it is opened.</summary>
public sealed record DuckDbDestinationOptions
{
    public required string Path { get; init; }

    /// <summary>Only to look: the file must be there, nothing is written, and several may look at once.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Memory that DuckDB may use, in bytes; DuckDB's own default (80 % of the machine's) if null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Threads that DuckDB uses; one a processor if null.</summary>
    public int? Threads { get; init; }

    /// <summary>Who opens it, as another process is told when it finds the file in use.</summary>
    public string Owner { get; init; } = "waveguide";
}
