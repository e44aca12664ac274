namespace Waveguide.Amplitude.Tables;

/// <summary>The tracking plan of a project (Taxonomy API). Keys beyond these are kept under <c>_extra</c>.</summary>
public static class TaxonomyTables
{
    public static Table Events { get; } =
        Of(
            "taxonomy_events",
            ["event_type"],
            [
                new("event_type", "event_type", ColumnType.Text, "The event type's name in the raw data."),
                new("display_name", "display_name", ColumnType.Text, "Its name in charts."),
                new("category", "category", ColumnType.Json, "Its category, with id and name."),
                Description,
                new("is_active", "is_active", ColumnType.Boolean, "Whether it counts as activity of a user."),
                new("owner", "owner", ColumnType.Text, "Who answers for it."),
                new("tags", "tags", ColumnType.Json, "Its tags."),
            ]
        );

    public static Table EventProperties { get; } =
        Of(
            "taxonomy_event_properties",
            ["event_type", "event_property"],
            [
                new("event_type", "event_type", ColumnType.Text, "The event type that has the property."),
                new("event_property", "event_property", ColumnType.Text, "The property's name."),
                Description,
                .. Value,
                new("is_required", "is_required", ColumnType.Boolean, "Whether every such event must have it."),
                new("is_hidden", "is_hidden", ColumnType.Boolean, "Whether charts hide it."),
                new("classifications", "classifications", ColumnType.Json, "How sensitive it is."),
            ]
        );

    public static Table UserProperties { get; } =
        Of(
            "taxonomy_user_properties",
            ["user_property"],
            [
                new(
                    "user_property",
                    "user_property",
                    ColumnType.Text,
                    "The property's name; custom ones begin with gp:."
                ),
                Description,
                .. Value,
                new("is_hidden", "is_hidden", ColumnType.Boolean, "Whether charts hide it."),
                new("classifications", "classifications", ColumnType.Json, "How sensitive it is."),
            ]
        );

    public static Table GroupProperties { get; } =
        Of(
            "taxonomy_group_properties",
            ["group_type", "group_property"],
            [
                new("group_type", "group_type", ColumnType.Text, "The kind of group that has the property."),
                new("group_property", "group_property", ColumnType.Text, "The property's name."),
                Description,
                .. Value,
                new("is_hidden", "is_hidden", ColumnType.Boolean, "Whether charts hide it."),
                new("classifications", "classifications", ColumnType.Json, "How sensitive it is."),
            ]
        );

    public static Table Categories { get; } =
        Of(
            "taxonomy_categories",
            ["id"],
            [
                new("id", "id", ColumnType.Integer, "Amplitude's id of the category."),
                new("name", "name", ColumnType.Text, "Its name."),
            ]
        );

    private static Column Description => new("description", "description", ColumnType.Text, "What it means.");

    private static Column[] Value =>
        [
            new("type", "type", ColumnType.Text, "The type of its values, such as string or enum."),
            new("regex", "regex", ColumnType.Text, "The form that a text must have."),
            new("enum_values", "enum_values", ColumnType.Json, "The values of an enum."),
            new("is_array_type", "is_array_type", ColumnType.Boolean, "Whether it holds a list of such values."),
        ];

    private static Table Of(string name, IReadOnlyList<string> key, IReadOnlyList<Column> columns) =>
        new(name, TableKind.Snapshot, columns, key, Cursor: null);
}
