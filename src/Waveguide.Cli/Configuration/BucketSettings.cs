using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration;

/// <summary>The keys of a source that is a bucket to which Amplitude exports.</summary>
internal static class BucketSettings
{
    public const string Bucket = "bucket";

    public static readonly Setting<string> Type = new(
        "source.type",
        new WordKind("api", Bucket),
        "Where rows come from: `api`, the project's APIs, or `bucket`, the files that Amplitude itself exports to one."
    )
    {
        Default = "api",
    };

    public static readonly Setting<string> Address = new(
        "source.bucket",
        new TextKind("address"),
        "The bucket, as a destination's address is written: `s3://bucket/prefix`, `azure://account/container/prefix` or `file:./export`."
    )
    {
        Example = "s3://bucket/prefix",
        WithoutIt = "none",
    };

    public static readonly Setting<int> App = new(
        "source.app",
        new WholeNumberKind(1, int.MaxValue),
        "Amplitude's number of the project, which begins the names of its files in a bucket."
    )
    {
        Example = "100011471",
        WithoutIt = "none",
    };

    public static readonly Setting<int> ProjectApp = new(
        "projects[].app",
        new WholeNumberKind(1, int.MaxValue),
        "As `source.app`, for this project."
    )
    {
        Example = "100011471",
        WithoutIt = "`source.app`",
    };

    public static readonly Setting<int> Organisation = new(
        "source.organisation",
        new WholeNumberKind(1, int.MaxValue),
        "Amplitude's number of the organisation, which begins the names of files of `merged_ids` in a bucket."
    )
    {
        Example = "100000042",
        WithoutIt = "none",
    };

    public static readonly Setting<TimeSpan> EmptyAfter = new(
        "source.empty_after",
        new DurationKind(TimeSpan.Zero, TimeSpan.FromDays(366)),
        "From the start of an hour until it counts as empty where no file of it came to a bucket without markers."
    )
    {
        Default = "24h",
    };

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Type, Address, App, Organisation, EmptyAfter, ProjectApp];
}
