using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>
/// The columns in which a table lands: its own, then the unknown keys, then where each row came from
/// (design.md 5).
/// </summary>
public static class LandedColumns
{
    public const string Extra = "_extra";
    public const string Project = "_project";
    public const string UploadHour = "_upload_hour";
    public const string Part = "_part";
    public const string Line = "_line";
    public const string LoadedAt = "_loaded_at";

    /// <summary>What those hold that are not the table's own.</summary>
    public static IReadOnlyList<(string Name, string Description)> Descriptions { get; } =
    [
        (Extra, "Keys that the table does not have, and values that do not fit their columns, as JSON; else null."),
        (Project, "The project's name in the configuration."),
        (
            UploadHour,
            "The hour in which Amplitude received it, UTC; of a daily figure its day; of a snapshot when it was taken."
        ),
        (Part, "The file in which it came."),
        (Line, "Its line in that file, the first being 1."),
        (LoadedAt, "When it was loaded, UTC."),
    ];

    /// <summary>In the order in which a scan delivers them.</summary>
    public static IReadOnlyList<(string Name, DuckDbType Type)> Of(Table table) =>
        [
            .. table.Columns.Select(column => (column.Name, Type(column.Type))),
            (Extra, DuckDbType.Json),
            (Project, DuckDbType.Varchar),
            (UploadHour, DuckDbType.Timestamp),
            (Part, DuckDbType.Varchar),
            (Line, DuckDbType.BigInt),
            (LoadedAt, DuckDbType.Timestamp),
        ];

    private static DuckDbType Type(ColumnType type) =>
        type switch
        {
            ColumnType.Text => DuckDbType.Varchar,
            ColumnType.Integer => DuckDbType.BigInt,
            ColumnType.Number => DuckDbType.Double,
            ColumnType.Boolean => DuckDbType.Boolean,
            ColumnType.Timestamp => DuckDbType.Timestamp,
            ColumnType.Json => DuckDbType.Json,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
