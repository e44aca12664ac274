namespace Waveguide.Amplitude.Profiles;

/// <summary>What Amplitude knows of a user (User Profile API).</summary>
public static class UserProfilesTable
{
    public static Table Definition { get; } =
        new(
            "user_profiles",
            TableKind.Snapshot,
            [
                new("user_id", "user_id", ColumnType.Text, "The project's own id of the user, as it was asked for."),
                new("device_id", "device_id", ColumnType.Text, "A device of the user, if Amplitude names one."),
                new(
                    "amp_props",
                    "amp_props",
                    ColumnType.Json,
                    "User properties by name; computed ones are among them, as texts."
                ),
                new("cohort_ids", "cohort_ids", ColumnType.Json, "Cohorts of the user that are synced to the API."),
                new(
                    "computations",
                    "computations",
                    ColumnType.Json,
                    "Computed properties, where the API tells them apart."
                ),
                new(
                    "recommendations",
                    "recommendations",
                    ColumnType.Json,
                    "Recommended items, with the model's facts."
                ),
                new("propensity", "propensity", ColumnType.Number, "The predicted propensity, of one prediction."),
                new("propensities", "propensities", ColumnType.Json, "Propensities, of several predictions."),
                new(
                    "error",
                    "error",
                    ColumnType.Text,
                    "Why there is no profile, such as a user never seen; else null."
                ),
            ],
            ["user_id"],
            Cursor: null
        );
}
