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
