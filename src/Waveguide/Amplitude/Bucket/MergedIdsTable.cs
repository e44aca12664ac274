namespace Waveguide.Amplitude.Bucket;

/// <summary>
/// Which user was merged into which (Amazon S3 Export, "Merged Amplitude IDs file format"). Only exports to a bucket have
/// it. The names mean the contrary of what they seem to say: <c>amplitude_id</c> is the one that goes.
/// </summary>
public static class MergedIdsTable
{
    public static Table Definition { get; } =
        new(
            "merged_ids",
            TableKind.Hourly,
            [
                new("scope", "scope", ColumnType.Integer, "Amplitude's number of the project or organisation."),
                new("merge_time", "merge_time", ColumnType.Timestamp, "When the two were found to be one, UTC."),
                new("merge_server_time", "merge_server_time", ColumnType.Timestamp, "When Amplitude merged them, UTC."),
                new("amplitude_id", "amplitude_id", ColumnType.Integer, "The user who was merged away."),
                new("merged_amplitude_id", "merged_amplitude_id", ColumnType.Integer, "The user who remains."),
            ],
            ["amplitude_id", "merge_time"],
            "merge_server_time"
        );
}
