namespace Waveguide.Simulator;

/// <summary>Visits to the four web sites of an invented company. The same options give the same bytes.</summary>
public sealed record TrafficOptions
{
    public ulong Seed { get; init; } = 1;

    /// <summary>First upload hour, UTC, included.</summary>
    public required DateTime FromUtc { get; init; }

    /// <summary>End of the upload hours, UTC, excluded.</summary>
    public required DateTime UntilUtc { get; init; }

    /// <summary>Events of a day of middling traffic; nights and weekends have fewer. Default 5,000.</summary>
    public int EventsPerDay { get; init; } = 5_000;

    /// <summary>The project's number, 6 to 9 digits. Default 100482193.</summary>
    public long App { get; init; } = 100_482_193;

    /// <summary>Files of an hour, 1 to 3. Default 0: by the amount of traffic.</summary>
    public int Shards { get; init; }

    /// <summary>Gzip members of a file, as exports of 2019 had several. Default 1.</summary>
    public int GzipMembers { get; init; } = 1;

    /// <summary>Whether a file ends with a newline. Default true.</summary>
    public bool FinalNewline { get; init; } = true;

    /// <summary>Bytes of finished files kept in memory; what is dropped is made again when asked for. Default 256 MiB.</summary>
    public long CacheBytes { get; init; } = 256L << 20;
}
