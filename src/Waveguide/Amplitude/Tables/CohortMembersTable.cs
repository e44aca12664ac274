namespace Waveguide.Amplitude.Tables;

/// <summary>Who is in which cohort (Behavioral Cohorts API, "Download a cohort").</summary>
public static class CohortMembersTable
{
    public static Table Definition { get; } =
        new(
            "cohort_members",
            TableKind.Snapshot,
            [
                new("cohort_id", "cohort_id", ColumnType.Text, "The cohort; see cohorts.id."),
                new("amplitude_id", "amplitude_id", ColumnType.Integer, "Amplitude's id of the user."),
                new("user_id", "user_id", ColumnType.Text, "The project's own id of the user; null if it has none."),
                new(
                    "properties",
                    "properties",
                    ColumnType.Json,
                    "The other columns of the download, by name, as texts."
                ),
            ],
            ["cohort_id", "amplitude_id"],
            Cursor: null
        );
}
