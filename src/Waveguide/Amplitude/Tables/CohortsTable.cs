namespace Waveguide.Amplitude.Tables;

/// <summary>Groups of users by what they did (Behavioral Cohorts API, "Get all cohorts").</summary>
public static class CohortsTable
{
    public static Table Definition { get; } =
        new(
            "cohorts",
            TableKind.Snapshot,
            [
                new("id", "id", ColumnType.Text, "Amplitude's id of the cohort."),
                new("name", "name", ColumnType.Text, "Its name."),
                new("description", "description", ColumnType.Text, "What its owner wrote about it."),
                new("size", "size", ColumnType.Integer, "Users in it when it was last computed."),
                new(
                    "lastComputed",
                    "last_computed",
                    ColumnType.Integer,
                    "When its members were last found, Unix seconds."
                ),
                new("lastMod", "last_mod", ColumnType.Integer, "When its definition was last changed, Unix seconds."),
                new("createdAt", "created_at", ColumnType.Integer, "When it was made, Unix seconds."),
                new("appId", "app_id", ColumnType.Integer, "Amplitude's id of the project."),
                new("archived", "archived", ColumnType.Boolean, "Whether it is archived."),
                new("published", "published", ColumnType.Boolean, "Whether all of the organisation see it."),
                new("finished", "finished", ColumnType.Boolean, "Whether it is computed to the end."),
                new("hidden", "hidden", ColumnType.Boolean, "Whether lists leave it out."),
                new("type", "type", ColumnType.Text, "How it is kept, such as redshift."),
                new("definition", "definition", ColumnType.Json, "The conditions that make it."),
                new("owners", "owners", ColumnType.Json, "E-mail addresses of its owners."),
                new("viewers", "viewers", ColumnType.Json, "E-mail addresses of those who may see it."),
                new("metadata", "metadata", ColumnType.Json, "Amplitude's own notes."),
                new("view_count", "view_count", ColumnType.Integer, "How often it was looked at."),
                new("popularity", "popularity", ColumnType.Integer, "Amplitude's measure of its use."),
                new("last_viewed", "last_viewed", ColumnType.Integer, "When it was last looked at, Unix seconds."),
                new("chart_id", "chart_id", ColumnType.Text, "The chart that it came from."),
                new("edit_id", "edit_id", ColumnType.Text, "Amplitude's id of its last edit."),
                new("is_predictive", "is_predictive", ColumnType.Boolean, "Whether it is a prediction."),
                new("is_official_content", "is_official_content", ColumnType.Boolean, "Whether it is marked official."),
                new("location_id", "location_id", ColumnType.Text, "The folder that holds it."),
                new("shortcut_ids", "shortcut_ids", ColumnType.Json, "Shortcuts that lead to it."),
                new("syncMetadata", "sync_metadata", ColumnType.Json, "Where it is synced to, how often and how well."),
            ],
            ["id"],
            Cursor: null
        );
}
