namespace Waveguide.Amplitude.Tables;

/// <summary>Notes that people put on charts (Chart Annotations API).</summary>
public static class AnnotationsTable
{
    public static Table Definition { get; } =
        new(
            "annotations",
            TableKind.Snapshot,
            [
                new("id", "id", ColumnType.Integer, "Amplitude's id of the annotation."),
                new(
                    "start",
                    "start",
                    ColumnType.Text,
                    "When it begins, as Amplitude writes it; older ones have a day."
                ),
                new("end", "end", ColumnType.Text, "When it ends; null for a moment."),
                new("date", "date", ColumnType.Text, "The day, of an annotation of the older API."),
                new("label", "label", ColumnType.Text, "Its text on the chart."),
                new("details", "details", ColumnType.Text, "Its longer text."),
                new("category", "category", ColumnType.Json, "Its category, with id and name."),
                new("chart_id", "chart_id", ColumnType.Text, "The chart that shows it; null for all charts."),
            ],
            ["id"],
            Cursor: null
        );
}
