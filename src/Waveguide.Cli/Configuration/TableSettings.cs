using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration;

/// <summary>The keys of tables other than events.</summary>
internal static class TableSettings
{
    public static readonly Setting<TimeSpan> SnapshotAge = new(
        "source.snapshot_age",
        new DurationKind(TimeSpan.Zero, TimeSpan.FromDays(366)),
        "The age at which a snapshot, such as `cohorts`, is taken anew; `0s` for every run."
    )
    {
        Default = "1h",
    };

    public static readonly Setting<TimeZoneInfo> TimeZone = new(
        "source.time_zone",
        new TimeZoneKind(),
        "The project's time zone, by which Amplitude cuts the days of its daily figures."
    )
    {
        Default = "UTC",
    };

    public static readonly Setting<string> UserIds = new(
        "user_profiles.user_ids",
        new TextKind("id"),
        "The users whose profiles are wanted."
    )
    {
        Example = "ana@example.com",
        WithoutIt = "the file, or those seen in events",
        Option = "--user-ids",
        IsList = true,
    };

    public static readonly Setting<string> UserFile = new(
        "user_profiles.file",
        new TextKind("file"),
        "A text file with the id of a user on each line."
    )
    {
        Example = "./users.txt",
        WithoutIt = "those seen in events",
    };

    public static readonly Setting<TimeSpan> ActiveWithin = new(
        "user_profiles.active_within",
        new DurationKind(TimeSpan.FromHours(1), TimeSpan.FromDays(3660)),
        "Where no users are named: those with a user id in events that Amplitude received within this time."
    )
    {
        Default = "7d",
    };

    public static readonly Setting<bool> Properties = Switch("get_amp_props", "user properties");

    public static readonly Setting<bool> Cohorts = Switch("get_cohort_ids", "the ids of synced cohorts");

    public static readonly Setting<bool> Computations = Switch("get_computations", "computed properties");

    public static readonly Setting<string> Recommendations = new(
        "user_profiles.rec_ids",
        new TextKind("id"),
        "Recommendations that are asked for."
    )
    {
        Example = "rec123",
        WithoutIt = "none",
        IsList = true,
    };

    public static readonly Setting<string> RecommendationType = new(
        "user_profiles.rec_type",
        new WordKind("model", "random"),
        "What is recommended, in place of the recommendation's own control setting."
    )
    {
        Example = "model",
        WithoutIt = "Amplitude's choice",
    };

    public static readonly Setting<string> Predictions = new(
        "user_profiles.prediction_ids",
        new TextKind("id"),
        "Predictions whose propensity is asked for."
    )
    {
        Example = "pred123",
        WithoutIt = "none",
        IsList = true,
    };

    public static readonly Setting<string> PropensityType = new(
        "user_profiles.propensity_type",
        new WordKind("score", "pct"),
        "Propensity as a score or as a percentile."
    )
    {
        Example = "score",
        WithoutIt = "Amplitude's choice",
    };

    public static readonly Setting<string> MemberCohorts = new(
        "cohort_members.cohorts",
        new TextKind("id"),
        "The cohorts whose members are wanted. Each download counts towards Amplitude's 500 a month."
    )
    {
        Example = "c1regulars",
        WithoutIt = "all that are not archived",
        IsList = true,
    };

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [new("user_profiles", "Whose profiles, and what of them."), new("cohort_members", "Members of which cohorts.")];

    /// <inheritdoc cref="Sections"/>
    public static IReadOnlyList<Setting> All { get; } =
    [
        SnapshotAge,
        TimeZone,
        UserIds,
        UserFile,
        ActiveWithin,
        Properties,
        Cohorts,
        Computations,
        Recommendations,
        RecommendationType,
        Predictions,
        PropensityType,
        MemberCohorts,
    ];

    private static Setting<bool> Switch(string key, string what) =>
        new($"user_profiles.{key}", new SwitchKind(), $"Whether {what} are asked for.") { Default = "true" };
}
