namespace Waveguide.Amplitude.Tables;

/// <summary>The event types of a project with this week's totals (Dashboard REST API, "Events list").</summary>
public static class EventsListTable
{
    public static Table Definition { get; } =
        new(
            "events_list",
            TableKind.Snapshot,
            [
                new("value", "value", ColumnType.Text, "The event type's name in the raw data."),
                new("display", "display", ColumnType.Text, "The event type's name as charts show it."),
                new("totals", "totals", ColumnType.Integer, "Events of this type in the current week so far."),
                new("totals_delta", "totals_delta", ColumnType.Number, "Change of the totals against the week before."),
                new("id", "id", ColumnType.Integer, "Amplitude's id of the event type."),
                new("name", "name", ColumnType.Text, "The event type's name in Amplitude's own records."),
                new("non_active", "non_active", ColumnType.Boolean, "Whether it does not count as activity of a user."),
                new("deleted", "deleted", ColumnType.Boolean, "Whether it was deleted."),
                new("hidden", "hidden", ColumnType.Boolean, "Whether charts hide it."),
                new("flow_hidden", "flow_hidden", ColumnType.Boolean, "Whether journeys hide it."),
                new("autohidden", "autohidden", ColumnType.Boolean, "Whether Amplitude hides it by itself."),
                new("timeline_hidden", "timeline_hidden", ColumnType.Boolean, "Whether user timelines hide it."),
                new("clusters_hidden", "clusters_hidden", ColumnType.Boolean, "Whether clusters hide it."),
                new("in_waitroom", "in_waitroom", ColumnType.Boolean, "Whether it waits to be approved."),
                new("waitroom_approved", "waitroom_approved", ColumnType.Boolean, "Whether it was approved."),
            ],
            ["value"],
            Cursor: null
        );
}
