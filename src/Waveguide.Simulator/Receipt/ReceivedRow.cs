using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>Writes an ingested event as a row of the export: exactly its 55 keys, sorted, null where there is nothing.</summary>
internal static class ReceivedRow
{
    private static readonly string[] Keys =
    [
        .. """
            $insert_id $insert_key $schema adid amplitude_attribution_ids amplitude_event_type amplitude_id app city
            client_event_time client_upload_time country data data_type device_brand device_carrier device_family
            device_id device_manufacturer device_model device_type dma event_id event_properties event_time event_type
            global_user_properties group_properties groups idfa ip_address is_attribution_event language library
            location_lat location_lng os_name os_version partner_id paying plan platform processed_time region
            sample_rate server_received_time server_upload_time session_id source_id start_version user_creation_time
            user_id user_properties uuid version_name
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Keys that keep their name and their value.</summary>
    private static readonly string[] Same =
    [
        "adid",
        "city",
        "country",
        "dma",
        "event_type",
        "idfa",
        "location_lat",
        "location_lng",
        "os_name",
        "os_version",
        "partner_id",
        "platform",
        "region",
    ];

    public static byte[] Line(Happening happened, Arrival arrival, long app)
    {
        var values = Same.ToDictionary(key => key, happened.Sent.Raw, StringComparer.Ordinal);
        Identity(values, happened, app);
        Times(values, happened.Sent, arrival);
        Device(values, happened.Sent, arrival);
        Nested(values, happened, arrival);
        var row = Keys.Select(key => $"\"{key}\":{values.GetValueOrDefault(key) ?? "null"}");
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', row)}}}");
    }

    private static void Identity(Dictionary<string, string?> values, Happening happened, long app)
    {
        var sent = happened.Sent;
        var uuid = Guid.NewGuid();
        values["$insert_id"] = sent.Raw("insert_id");
        values["amplitude_id"] = happened.Identity.Id.ToString(CultureInfo.InvariantCulture);
        values["app"] = app.ToString(CultureInfo.InvariantCulture);
        values["data_type"] = "\"event\"";
        values["device_id"] = Quote(sent.Device);
        values["event_id"] = sent.Raw("event_id") ?? NineDigits(uuid);
        values["library"] = sent.Raw("library") ?? "\"http/2.0\"";
        values["paying"] = happened.IsPaying ? "true" : null;
        values["session_id"] = sent.Raw("session_id") ?? "-1";
        values["start_version"] = happened.StartVersion is { } version ? Quote(version) : null;
        values["user_id"] = sent.User is { } user ? Quote(user) : null;
        values["uuid"] = $"\"{uuid}\"";
        values["version_name"] = sent.Raw("app_version");
    }

    private static void Times(Dictionary<string, string?> values, SentEvent sent, Arrival arrival)
    {
        var happened = sent.Number("time") is { } time
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)time).UtcDateTime
            : arrival.ClientUpload;
        values["client_event_time"] = Time(happened);
        values["client_upload_time"] = Time(arrival.ClientUpload);
        values["event_time"] = Time(arrival.Corrected(happened));
        values["processed_time"] = Time(arrival.Processed);
        values["server_received_time"] = Time(arrival.Received);
        values["server_upload_time"] = Time(arrival.Uploaded);
    }

    private static void Device(Dictionary<string, string?> values, SentEvent sent, Arrival arrival)
    {
        var agent = UserAgent.Read(sent.Text("user_agent") ?? "");
        var device = sent.Raw("device_model") ?? (agent.System is { } system ? Quote(system) : null);
        values["device_carrier"] = sent.Raw("carrier");
        values["device_family"] = device;
        values["device_type"] = device;
        values["ip_address"] = sent.Text("ip") == "$remote" ? Quote(arrival.Address) : sent.Raw("ip");
        values["language"] = sent.Text("language") is { } tag ? Quote(Languages.Name(tag)) : null;
        values["os_name"] ??= agent.Browser is { } browser ? Quote(browser) : null;
        values["os_version"] ??= agent.Version is { } version ? Quote(version) : null;
    }

    private static void Nested(Dictionary<string, string?> values, Happening happened, Arrival arrival)
    {
        var groups = happened.Groups.Select(type => $"{Quote(type.Key)}:[{string.Join(',', type.Value)}]");
        values["data"] = Data(happened, arrival);
        values["event_properties"] = Properties(happened.Sent);
        values["group_properties"] = happened.GroupProperties;
        values["groups"] = $"{{{string.Join(',', groups)}}}";
        values["plan"] = happened.Sent.Raw("plan") ?? "{}";
        values["user_properties"] = happened.UserProperties;
    }

    private static string Data(Happening happened, Arrival arrival)
    {
        var merged = happened.Identity.Merged is { } id ? $",\"merged_amplitude_id\":{id}" : "";
        return $"{{\"path\":{Quote(arrival.Path)}"
            + (happened.IsFirst ? ",\"first_event\":true" : "")
            + (happened.UpdatesUser ? ",\"user_properties_updated\":true" : "")
            + $"{merged},\"group_first_event\":{{}},\"group_ids\":{happened.GroupIds}}}";
    }

    /// <summary>
    /// The event's properties; revenue fields of the event itself, which have no column, stand there under the names
    /// that the clients use. How Amplitude exports those is not known.
    /// </summary>
    private static string Properties(SentEvent sent)
    {
        string[] fields = ["price", "quantity", "revenue", "productId", "revenueType", "currency"];
        var own = sent.Object("event_properties") is { } properties
            ? properties.EnumerateObject().Select(property => $"{Quote(property.Name)}:{SentEvent.Raw(property.Value)}")
            : [];
        var revenue = fields
            .Where(field => sent.Raw(field) is not null)
            .Select(field => $"\"${field}\":{sent.Raw(field)}");
        return $"{{{string.Join(',', own.Concat(revenue))}}}";
    }

    private static string Time(DateTime time) =>
        time.ToString("\\\"yyyy-MM-dd HH:mm:ss.fff'000'\\\"", CultureInfo.InvariantCulture);

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>An event id as Amplitude gives to senders that count none.</summary>
    private static string NineDigits(Guid uuid) =>
        $"{100_000_000 + BitConverter.ToUInt32(uuid.ToByteArray()) % 900_000_000}";
}
