namespace Waveguide.Amplitude.Series;

/// <summary>
/// The figures of Amplitude's dashboard by day, in the time zone of the project (Dashboard REST API). Keys that Amplitude
/// adds to a series are kept under <c>_extra</c>.
/// </summary>
public static class SeriesTables
{
    /// <summary>"Active and new user counts".</summary>
    public static Table ActiveUsers { get; } =
        Of(
            "active_users_counts",
            ["date", "segment"],
            [
                new(
                    "segment",
                    "segment",
                    ColumnType.Text,
                    "The value of the grouping property; all without a grouping."
                ),
                new("users", "users", ColumnType.Number, "Users who were active, or were new, in the interval."),
                new("metric", "metric", ColumnType.Text, "What was counted: active or new."),
                new("interval", "interval", ColumnType.Integer, "1 for a day, 7 for a week, 30 for a month."),
                new(
                    "group_by",
                    "group_by",
                    ColumnType.Text,
                    "The property that was grouped by; null without a grouping."
                ),
            ]
        );

    /// <summary>"Average session length".</summary>
    public static Table AverageSessionLength { get; } =
        Of(
            "average_session_length",
            ["date"],
            [new("seconds", "seconds", ColumnType.Number, "The average length of the sessions of the day, in seconds.")]
        );

    /// <summary>"Average sessions per user".</summary>
    public static Table SessionsPerUser { get; } =
        Of(
            "sessions_per_user",
            ["date"],
            [
                new(
                    "sessions",
                    "sessions",
                    ColumnType.Number,
                    "Sessions of the day for each user who had one, on average."
                ),
            ]
        );

    /// <summary>"Session length distribution", asked for each day by itself: Amplitude's answer does not name the day.</summary>
    public static Table SessionLengths { get; } =
        Of(
            "session_length_distribution",
            ["date", "bucket"],
            [
                new("bucket", "bucket", ColumnType.Text, "A range of lengths as Amplitude names it, such as 3s-10s."),
                new("from_seconds", "from_seconds", ColumnType.Integer, "Its shortest length, in seconds, included."),
                new("until_seconds", "until_seconds", ColumnType.Integer, "Its end, in seconds, excluded."),
                new("sessions", "sessions", ColumnType.Integer, "Sessions of the day with such a length."),
            ]
        );

    private static Table Of(string name, IReadOnlyList<string> key, IReadOnlyList<Column> columns) =>
        new(
            name,
            TableKind.Daily,
            [
                new(
                    "date",
                    "date",
                    ColumnType.Text,
                    "The day in the project's time zone, as YYYY-MM-DD; the first of a week or month."
                ),
                .. columns,
            ],
            key,
            Cursor: "date"
        );
}
