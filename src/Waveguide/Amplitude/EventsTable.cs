namespace Waveguide.Amplitude;

/// <summary>
/// The events of the Export API: the 55 keys that every row carries, of which Amplitude's page documents 40 ("Event array
/// keys"). Types are the widest that real rows were seen to hold.
/// </summary>
public static class EventsTable
{
    public static Table Definition { get; } =
        new(
            "events",
            TableKind.Hourly,
            [
                new(
                    "$insert_id",
                    "insert_id",
                    ColumnType.Text,
                    "The client's own id of the event, by which Amplitude drops repeats for 7 days; not unique."
                )
                {
                    SeldomRepeats = true,
                },
                new("$insert_key", "insert_key", ColumnType.Text, "Internal key of the event; null since about 2023."),
                new(
                    "$schema",
                    "schema",
                    ColumnType.Integer,
                    "Version of Amplitude's internal row format; null since 2023."
                ),
                new("adid", "adid", ColumnType.Text, "Android advertising id."),
                new(
                    "amplitude_attribution_ids",
                    "amplitude_attribution_ids",
                    ColumnType.Json,
                    "Ids of attribution campaigns: null, text or an array of texts."
                ),
                new(
                    "amplitude_event_type",
                    "amplitude_event_type",
                    ColumnType.Text,
                    "Amplitude's own name of an internal event; null since March 2023."
                ),
                new(
                    "amplitude_id",
                    "amplitude_id",
                    ColumnType.Integer,
                    "Amplitude's id of the user at the time of ingestion; later merges do not change it."
                ),
                new("app", "app", ColumnType.Integer, "Amplitude's id of the project."),
                new("city", "city", ColumnType.Text, "City of the address, by Amplitude's lookup."),
                new(
                    "client_event_time",
                    "client_event_time",
                    ColumnType.Timestamp,
                    "When the event happened by the device's clock, UTC."
                ),
                new(
                    "client_upload_time",
                    "client_upload_time",
                    ColumnType.Timestamp,
                    "When the device sent the event by its own clock, UTC."
                ),
                new("country", "country", ColumnType.Text, "Country of the address, as a name."),
                new(
                    "data",
                    "data",
                    ColumnType.Json,
                    "Amplitude's own notes: path of arrival, first event of the user, group ids."
                ),
                new("data_type", "data_type", ColumnType.Text, "Always event."),
                new("device_brand", "device_brand", ColumnType.Text, "Brand of the device; null since March 2023."),
                new("device_carrier", "device_carrier", ColumnType.Text, "Mobile carrier."),
                new(
                    "device_family",
                    "device_family",
                    ColumnType.Text,
                    "Family of the device, such as Windows or Apple iPhone."
                ),
                new("device_id", "device_id", ColumnType.Text, "The client's id of the device or browser."),
                new(
                    "device_manufacturer",
                    "device_manufacturer",
                    ColumnType.Text,
                    "Manufacturer of the device; null since March 2023."
                ),
                new("device_model", "device_model", ColumnType.Text, "Model of the device; null since March 2023."),
                new("device_type", "device_type", ColumnType.Text, "Type of the device, such as Apple iPhone 15."),
                new("dma", "dma", ColumnType.Text, "Designated market area; United States only."),
                new(
                    "event_id",
                    "event_id",
                    ColumnType.Integer,
                    "A counter of the device, or a random number; never a key."
                ),
                new(
                    "event_properties",
                    "event_properties",
                    ColumnType.Json,
                    "Properties that the sender gave to the event."
                )
                {
                    SeldomRepeats = true,
                },
                new(
                    "event_time",
                    "event_time",
                    ColumnType.Timestamp,
                    "When the event happened, UTC: the device's time, corrected where its clock is off by 60 seconds or more."
                ),
                new("event_type", "event_type", ColumnType.Text, "Name of the event."),
                new(
                    "global_user_properties",
                    "global_user_properties",
                    ColumnType.Json,
                    "Unused; empty before 2023, null since."
                ),
                new(
                    "group_properties",
                    "group_properties",
                    ColumnType.Json,
                    "Properties of the groups, by group type and value."
                ),
                new("groups", "groups", ColumnType.Json, "Groups of the user at the time of the event, by group type."),
                new("idfa", "idfa", ColumnType.Text, "iOS advertising id."),
                new("ip_address", "ip_address", ColumnType.Text, "Address from which the event came, IPv4 or IPv6."),
                new(
                    "is_attribution_event",
                    "is_attribution_event",
                    ColumnType.Boolean,
                    "Whether the event came from an attribution partner; null since 2023."
                ),
                new("language", "language", ColumnType.Text, "Language of the device, as a name."),
                new("library", "library", ColumnType.Text, "Name and version of the library that sent the event."),
                new("location_lat", "location_lat", ColumnType.Number, "Latitude, in degrees."),
                new("location_lng", "location_lng", ColumnType.Number, "Longitude, in degrees."),
                new("os_name", "os_name", ColumnType.Text, "Operating system; on the web, the browser."),
                new("os_version", "os_version", ColumnType.Text, "Version of what os_name tells."),
                new("partner_id", "partner_id", ColumnType.Text, "Id of the partner that sent the event."),
                new("paying", "paying", ColumnType.Boolean, "Whether the user has ever had revenue."),
                new(
                    "plan",
                    "plan",
                    ColumnType.Json,
                    "Tracking plan by which the event was sent: branch, source, version."
                ),
                new(
                    "platform",
                    "platform",
                    ColumnType.Text,
                    "Platform, such as Web, iOS or Android; free text from servers."
                ),
                new(
                    "processed_time",
                    "processed_time",
                    ColumnType.Timestamp,
                    "When Amplitude had processed the event, UTC."
                ),
                new("region", "region", ColumnType.Text, "Region of the address, as a name."),
                new(
                    "sample_rate",
                    "sample_rate",
                    ColumnType.Text,
                    "Share of events kept when sampling; normally null."
                ),
                new(
                    "server_received_time",
                    "server_received_time",
                    ColumnType.Timestamp,
                    "When the event reached Amplitude, UTC."
                ),
                new(
                    "server_upload_time",
                    "server_upload_time",
                    ColumnType.Timestamp,
                    "When Amplitude ingested the event, UTC: the export is cut by this time."
                ),
                new(
                    "session_id",
                    "session_id",
                    ColumnType.Integer,
                    "Start of the session in milliseconds since 1970, UTC; -1 outside a session."
                ),
                new("source_id", "source_id", ColumnType.Text, "Id of the connection that sent the event."),
                new("start_version", "start_version", ColumnType.Text, "Version of the app that the user began with."),
                new(
                    "user_creation_time",
                    "user_creation_time",
                    ColumnType.Timestamp,
                    "When Amplitude first saw the user, UTC; null since 2023."
                ),
                new("user_id", "user_id", ColumnType.Text, "The sender's id of the user; null while anonymous."),
                new(
                    "user_properties",
                    "user_properties",
                    ColumnType.Json,
                    "Properties of the user at the time of the event."
                ),
                new("uuid", "uuid", ColumnType.Text, "Identifies the row.") { SeldomRepeats = true },
                new("version_name", "version_name", ColumnType.Text, "Version of the app."),
            ],
            PrimaryKey: ["uuid"],
            Cursor: "server_upload_time"
        );
}
