using Waveguide.Cli.Configuration.Reading;

namespace Waveguide.Cli.Configuration;

/// <summary>All that a run was told, checked, with every default filled in.</summary>
internal sealed record Settings
{
    /// <summary>The destination's address as written; not checked here.</summary>
    public required string Destination { get; init; }

    /// <summary>What the file says beside the address, by key; what the address says itself is stronger.</summary>
    public required IReadOnlyDictionary<string, Found> DestinationOptions { get; init; }

    /// <summary>For what a destination finds by itself, such as the credentials of a cloud.</summary>
    public required Variables Variables { get; init; }

    /// <summary>Names as written, each once, at least one; not checked against a source.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>At least one; names differ in more than case.</summary>
    public required IReadOnlyList<ProjectSettings> Projects { get; init; }

    /// <summary>The bucket from which rows come; null: from the APIs.</summary>
    public required BucketPlace? Bucket { get; init; }

    public required TableOptions TableOptions { get; init; }

    public required Availability Availability { get; init; }

    public required ScanLimits Limits { get; init; }

    /// <summary>Requests to Amplitude at once, for each project.</summary>
    public required int Requests { get; init; }

    /// <summary>How long to wait for the first byte of an answer.</summary>
    public required TimeSpan Timeout { get; init; }

    public required long MemoryLimitBytes { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public required int? Threads { get; init; }

    /// <summary>Full path; null: a folder under the system's folder for temporary files.</summary>
    public required string? SpoolFolder { get; init; }

    /// <summary>Full path of a folder of models; null: Waveguide's own alone.</summary>
    public required string? ModelFolder { get; init; }

    /// <summary>What DuckDB may use while models are run.</summary>
    public required long TransformMemoryBytes { get; init; }

    /// <summary>Variables of the models that are not as their defaults; names and values are not checked here.</summary>
    public required IReadOnlyDictionary<string, string> ModelVariables { get; init; }

    public required PrivacySettings Privacy { get; init; }

    /// <summary>Full path of the file that was read; null when there was none.</summary>
    public required string? File { get; init; }
}
