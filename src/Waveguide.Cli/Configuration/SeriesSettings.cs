using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration;

/// <summary>The keys of the tables of daily figures; each has the name that Amplitude's API gives it, or says it.</summary>
internal static class SeriesSettings
{
    public static readonly Setting<string> Metric = new(
        "active_users_counts.m",
        new WordKind("active", "new"),
        "Which users are counted."
    )
    {
        Default = "active",
    };

    public static readonly Setting<int> Interval = new(
        "active_users_counts.i",
        new IntervalKind(),
        "Days in which a user is counted once: `1`, a week or a month. A week or month is loaded when it is over."
    )
    {
        Default = "1",
    };

    public static readonly Setting<string> GroupBy = new(
        "active_users_counts.g",
        new TextKind("property"),
        "A user property to group by, one row for each of its values; your own begin with `gp:`."
    )
    {
        Example = "country",
        WithoutIt = "one row for all",
    };

    public static readonly Setting<string> BinUnit = new(
        "session_length_distribution.bin_time_unit",
        new WordKind("seconds", "minutes", "hours"),
        "Unit of the next three (`timeHistogramConfigBinTimeUnit`)."
    )
    {
        Default = "seconds",
    };

    public static readonly Setting<int> BinMin = new(
        "session_length_distribution.bin_min",
        new WholeNumberKind(0, 86_400),
        "Where the first bucket begins (`timeHistogramConfigBinMin`)."
    )
    {
        Default = "0",
    };

    public static readonly Setting<int> BinMax = new(
        "session_length_distribution.bin_max",
        new WholeNumberKind(1, 86_400),
        "Where the last bucket ends (`timeHistogramConfigBinMax`); a session lasts a day at most."
    )
    {
        Example = "600",
        WithoutIt = "Amplitude's nine buckets from 0 seconds to a day",
    };

    public static readonly Setting<int> BinSize = new(
        "session_length_distribution.bin_size",
        new WholeNumberKind(1, 86_400),
        "Width of each bucket (`timeHistogramConfigBinSize`)."
    )
    {
        Example = "60",
        WithoutIt = "as Amplitude sees fit",
    };

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new("active_users_counts", "How users are counted by day."),
        new("session_length_distribution", "Into which buckets sessions are sorted by their length."),
    ];

    /// <inheritdoc cref="Sections"/>
    public static IReadOnlyList<Setting> All { get; } = [Metric, Interval, GroupBy, BinUnit, BinMin, BinMax, BinSize];
}
