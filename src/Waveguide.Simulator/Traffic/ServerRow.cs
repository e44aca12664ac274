namespace Waveguide.Simulator.Traffic;

/// <summary>Rows sent by the company's own server: no session, no device, no address.</summary>
internal static class ServerRow
{
    public static void Write(RowBuffer row, Visitor visitor, in PlannedEvent planned, Guid uuid)
    {
        row.Add("{\"$insert_id\":\"signup-"u8)
            .Number(planned.EventId)
            .Add(
                ":1\",\"$insert_key\":null,\"$schema\":null,\"adid\":null,\"amplitude_attribution_ids\":null,\"amplitude_event_type\":null,\"amplitude_id\":"u8
            )
            .Number(550_000_000_000 + planned.EventId)
            .Add(",\"app\":"u8)
            .Number(visitor.App)
            .Add(",\"city\":null,\"client_event_time\":"u8)
            .Time(planned.Time / 1_000 * 1_000)
            .Add(",\"client_upload_time\":"u8)
            .Time(planned.Received)
            .Add(
                ",\"country\":null,\"data\":{\"path\":\"/batch\",\"user_properties_updated\":true,\"vacuum_source_id\":\"5955\",\"group_first_event\":{},\"group_ids\":{}},\"data_type\":\"event\",\"device_brand\":null,\"device_carrier\":null,\"device_family\":null,\"device_id\":\"newsletter-"u8
            )
            .Number(planned.EventId)
            .Add(
                "\",\"device_manufacturer\":null,\"device_model\":null,\"device_type\":null,\"dma\":null,\"event_id\":"u8
            )
            .Number(planned.EventId);
        Properties(row, planned);
        row.Add(",\"event_time\":"u8)
            .Time(planned.Time / 1_000 * 1_000)
            .Add(
                ",\"event_type\":\"Newsletter Signup Stored\",\"global_user_properties\":null,\"group_properties\":{},\"groups\":{},\"idfa\":null,\"ip_address\":null,\"is_attribution_event\":null,\"language\":null,\"library\":\"http/2.0\",\"location_lat\":null,\"location_lng\":null,\"os_name\":null,\"os_version\":null,\"partner_id\":null,\"paying\":null,\"plan\":{},\"platform\":null,\"processed_time\":"u8
            )
            .Time(planned.Processed)
            .Add(",\"region\":null,\"sample_rate\":null,\"server_received_time\":"u8)
            .Time(planned.Received)
            .Add(",\"server_upload_time\":"u8)
            .Time(planned.Uploaded)
            .Add(
                ",\"session_id\":-1,\"source_id\":null,\"start_version\":null,\"user_creation_time\":null,\"user_id\":null,\"user_properties\":{\"City\":\"EMPTY\",\"city\":\"EMPTY\"},\"uuid\":"u8
            )
            .Quoted(uuid)
            .Add(",\"version_name\":null}\n"u8);
    }

    /// <summary>The list's number is a number or text, the score a whole number or a fraction, as senders disagree.</summary>
    private static void Properties(RowBuffer row, in PlannedEvent planned)
    {
        var asText = (planned.Salt & 0x100000) != 0;
        row.Add(",\"event_properties\":{\"List Id\":"u8).Add(asText ? "\""u8 : ""u8).Number(planned.Number);
        row.Add(asText ? "\""u8 : ""u8).Add(",\"lead.score\":"u8);
        row.Add((planned.Salt & 0x200000) != 0 ? "1"u8 : "0.0"u8);
        row.Add(",\"subscription_id\":"u8).Number(9_007_199_254_740_993 + planned.EventId).Add("}"u8);
    }
}
