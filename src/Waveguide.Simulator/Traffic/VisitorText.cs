namespace Waveguide.Simulator.Traffic;

/// <summary>The JSON between the changing values of a visitor's rows.</summary>
internal sealed class VisitorText
{
    public VisitorText(Visitor visitor, ulong seed)
    {
        var (place, device) = (visitor.Place, visitor.Device);
        AppAndCity = JsonText.Utf8($",\"app\":{visitor.App},\"city\":{place.City},\"client_event_time\":");
        Country = JsonText.Utf8($",\"country\":{JsonText.Quote(visitor.Country.Name)},\"data\":");
        Device = JsonText.Utf8(
            $",\"data_type\":\"event\",\"device_brand\":null,\"device_carrier\":null,\"device_family\":{JsonText.Quote(device.Family)},\"device_id\":\"{visitor.DeviceId}\",\"device_manufacturer\":null,\"device_model\":null,\"device_type\":{JsonText.Quote(device.Type)},\"dma\":{place.Dma},\"event_id\":"
        );
        Address = JsonText.Utf8(
            $",\"global_user_properties\":null,\"group_properties\":{{}},\"groups\":{{}},\"idfa\":null,\"ip_address\":\"{visitor.Address}\",\"is_attribution_event\":null,\"language\":\"{visitor.Language}\",\"library\":\"{visitor.Library}\",\"location_lat\":null,\"location_lng\":null,\"os_name\":\"{device.Browser}\",\"os_version\":\"{visitor.Version}\",\"partner_id\":null,\"paying\":null,\"plan\":{{}},\"platform\":\"Web\",\"processed_time\":"
        );
        Region = JsonText.Utf8($",\"region\":{place.Region},\"sample_rate\":null,\"server_received_time\":");
        Viewport = JsonText.Utf8(
            $",\"[Amplitude] Viewport Height\":{visitor.Viewport.Height},\"[Amplitude] Viewport Width\":{visitor.Viewport.Width}}}"
        );
        First = Identity(visitor, visitor.Account, seed);
        Second = Identity(visitor, visitor.SecondAccount, seed);
    }

    public byte[] AppAndCity { get; }

    public byte[] Country { get; }

    public byte[] Device { get; }

    public byte[] Address { get; }

    public byte[] Region { get; }

    public byte[] Viewport { get; }

    /// <summary>Of the visitor, and of whoever logs in after.</summary>
    public (long AmplitudeId, byte[] Text) First { get; }

    /// <inheritdoc cref="First"/>
    public (long AmplitudeId, byte[] Text) Second { get; }

    private static (long AmplitudeId, byte[] Text) Identity(Visitor visitor, int? account, ulong seed)
    {
        var properties = visitor.HasProperties ? visitor.Source.UserProperties : "";
        if (account is not null)
        {
            var seats = account % 9 + 1;
            var own = visitor.SeatsAsText ? $"\"Seats\":\"{seats}\"" : $"\"Seats\":{seats}";
            properties = properties.Length == 0 ? own : $"{properties},{own}";
        }
        var user = account is null ? "null" : JsonText.Quote(Accounts.Id(account.Value));
        var id = account is null ? visitor.AmplitudeId : Visitor.AccountAmplitudeId(seed, account.Value);
        return (
            id,
            JsonText.Utf8(
                $",\"source_id\":null,\"start_version\":null,\"user_creation_time\":null,\"user_id\":{user},\"user_properties\":{{{properties}}},\"uuid\":"
            )
        );
    }
}
