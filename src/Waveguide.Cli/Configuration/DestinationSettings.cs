using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration;

/// <summary>The options of destinations. Each scheme of an address says which of them it has.</summary>
internal static class DestinationSettings
{
    public const string Prefix = "destination.";

    public static readonly Setting<string> Address = new(
        Prefix + "address",
        new TextKind("address"),
        "The address, when its options stand beside it."
    )
    {
        Example = "file:./lake",
        WithoutIt = "`destination`",
    };

    public static readonly Setting<string> Format = new(
        Prefix + "format",
        new WordKind("json.gz", "json", "parquet"),
        "How a lake keeps rows: `json.gz` (Amplitude's own files), `json` (the same, unpacked) or `parquet` (typed columns)."
    )
    {
        Default = "json.gz",
    };

    public static readonly Setting<string> Archive = new(
        Prefix + "archive",
        new WordKind("drop", "keep"),
        "Whether a lake keeps the archives as they were fetched."
    )
    {
        Default = "drop",
    };

    public static readonly Setting<int> ArchiveDays = new(
        Prefix + "archive_days",
        new WholeNumberKind(1, 36_500),
        "Days after which a kept archive is deleted."
    )
    {
        Example = "30",
        WithoutIt = "never",
    };

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Address, Format, Archive, ArchiveDays];
}
