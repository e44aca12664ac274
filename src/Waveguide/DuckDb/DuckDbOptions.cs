using System.Collections.Immutable;

namespace Waveguide.DuckDb;

/// <summary>How a database is opened. What is not set keeps DuckDB's default.</summary>
public sealed record DuckDbOptions
{
    /// <summary>The file of the database; null or <c>:memory:</c> keeps it in memory.</summary>
    public string? Path { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Threads that run queries, the calling one included; by default one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>Bytes DuckDB's buffers may hold before it spills to <see cref="TempDirectory"/>; by default 80 % of the machine's.</summary>
    public long? MemoryLimitBytes { get; init; }

    public string? TempDirectory { get; init; }

    /// <summary>Whether rows keep their order through inserts and copies; a table function is inserted in parallel only without it.</summary>
    public bool PreserveInsertionOrder { get; init; } = true;

    /// <summary>Any other setting DuckDB takes at start, by its name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ImmutableDictionary<string, string>.Empty;
}
