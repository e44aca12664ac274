namespace Waveguide.Destinations.Lake;

/// <summary>How a lake is opened.</summary>
public sealed record LakeDestinationOptions
{
    /// <summary>The format of new files. Hours that are there keep theirs until they are loaded again.</summary>
    public LakeFormat Format { get; init; } = LakeFormat.JsonGz;

    /// <summary>Only to look: the lake must be there, and several may look at once.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether archives are kept as they were fetched, under <c>archive/</c>.</summary>
    public bool KeepArchives { get; init; }

    /// <summary>Days after which a kept archive is deleted; never if null.</summary>
    public int? ArchiveDays { get; init; }

    /// <summary>Who opens it, as another process is told when it finds the lake in use.</summary>
    public string Owner { get; init; } = "waveguide";

    /// <summary>Where files lie on their way to and from the store.</summary>
    public string ScratchFolder { get; init; } = Path.Combine(Path.GetTempPath(), "waveguide");

    /// <summary>Bytes of fetched objects that are kept on this disk while they are not read: 4 GB by default.</summary>
    public long CacheBytes { get; init; } = 4L << 30;

    /// <summary>Memory that DuckDB may use, in bytes; DuckDB's own default (80 % of the machine's) if null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Threads that DuckDB uses, and hours that are written at once; one a processor if null.</summary>
    public int? Threads { get; init; }
}
