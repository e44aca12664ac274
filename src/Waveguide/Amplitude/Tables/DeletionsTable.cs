namespace Waveguide.Amplitude.Tables;

/// <summary>Users whose data was asked to be deleted for their privacy (User Privacy API, "Get a list of deletion jobs").</summary>
public static class DeletionsTable
{
    public static Table Definition { get; } =
        new(
            "deletions",
            TableKind.Snapshot,
            [
                new("amplitude_id", "amplitude_id", ColumnType.Integer, "The user who is deleted."),
                new("day", "day", ColumnType.Text, "The day on which the job runs, as YYYY-MM-DD."),
                new("status", "status", ColumnType.Text, "staging (can still be revoked), submitted or done."),
                new("app", "app", ColumnType.Text, "Amplitude's id of the project of the job."),
                new("requested_on_day", "requested_on_day", ColumnType.Text, "The day of the request, as YYYY-MM-DD."),
                new("requester", "requester", ColumnType.Text, "Who asked for it."),
                new(
                    "active_scrub_done_date",
                    "active_scrub_done_date",
                    ColumnType.Text,
                    "The day on which Amplitude's active copies were clean; null until then."
                ),
            ],
            ["amplitude_id", "day"],
            Cursor: null
        );
}
