namespace Waveguide.Amplitude.Bucket;

/// <summary>One project's files in a bucket to which Amplitude exports.</summary>
public sealed record BucketOptions
{
    /// <summary>The name under which the project's rows and hours are kept.</summary>
    public required string Project { get; init; }

    /// <summary>Amplitude's number of the project, which begins the names of its files.</summary>
    public required long App { get; init; }

    /// <summary>Amplitude's number of the organisation, which begins the names of files of merged ids; null if unknown.</summary>
    public long? Organisation { get; init; }

    /// <summary>
    /// From the start of an hour until it counts as empty where no file of it came and the bucket has no markers: 24
    /// hours by default, for the hourly delivery promises no time.
    /// </summary>
    public TimeSpan EmptyAfter { get; init; } = TimeSpan.FromHours(24);

    /// <inheritdoc cref="AmplitudeOptions.SpoolFolder"/>
    public string SpoolFolder { get; init; } = Path.Combine(Path.GetTempPath(), "waveguide-spool");
}
