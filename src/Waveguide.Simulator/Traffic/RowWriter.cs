namespace Waveguide.Simulator.Traffic;

/// <summary>Writes rows of 55 keys in their sorted order, without an object per row.</summary>
internal sealed class RowWriter(ulong seed, RowBuffer row)
{
    private const long ClocksAgree = 60_000;
    private readonly EventProperties _properties = new(row);
    private Visitor? _visitor;
    private VisitorText? _text;

    /// <summary>Appends one row and its newline.</summary>
    public void Write(Visitor visitor, in PlannedEvent planned, Guid uuid, Guid insertId)
    {
        if (!ReferenceEquals(visitor, _visitor))
        {
            (_visitor, _text) = (visitor, new VisitorText(visitor, seed));
        }
        if (planned.Kind == EventKind.ServerSide)
        {
            ServerRow.Write(row, visitor, planned, uuid);
            return;
        }
        var text = _text!;
        var identity = planned.IsSecondAccount ? text.Second : text.First;
        row.Add("{\"$insert_id\":"u8).Quoted(insertId);
        ToProperties(visitor, text, planned, identity.AmplitudeId);
        _properties.Write(visitor, text, planned);
        FromProperties(visitor, text, planned);
        row.Add(identity.Text).Quoted(uuid).Add(",\"version_name\":null}\n"u8);
    }

    private void ToProperties(Visitor visitor, VisitorText text, in PlannedEvent planned, long amplitudeId)
    {
        row.Add(
                ",\"$insert_key\":null,\"$schema\":null,\"adid\":null,\"amplitude_attribution_ids\":null,\"amplitude_event_type\":null,\"amplitude_id\":"u8
            )
            .Number(amplitudeId)
            .Add(text.AppAndCity)
            .Time(ClientTime(visitor, planned))
            .Add(",\"client_upload_time\":"u8)
            .Time(planned.Received + visitor.Clock.Offset)
            .Add(text.Country)
            .Add(Data(planned))
            .Add(text.Device)
            .Number(planned.EventId)
            .Add(",\"event_properties\":"u8);
    }

    private void FromProperties(Visitor visitor, VisitorText text, in PlannedEvent planned) =>
        row.Add(",\"event_time\":"u8)
            .Time(EventTime(visitor, planned))
            .Add(",\"event_type\":\""u8)
            .Add(EventNames.Of(planned.Kind))
            .Add("\""u8)
            .Add(text.Address)
            .Time(planned.Processed)
            .Add(text.Region)
            .Time(planned.Received)
            .Add(",\"server_upload_time\":"u8)
            .Time(planned.Uploaded)
            .Add(",\"session_id\":"u8)
            .Number(planned.SessionId);

    private static long ClientTime(Visitor visitor, in PlannedEvent planned) =>
        planned.Time + visitor.Clock.Offset + visitor.Clock.Hidden;

    /// <summary>The device's time, corrected when its clock is a minute or more off.</summary>
    private static long EventTime(Visitor visitor, in PlannedEvent planned) =>
        ClientTime(visitor, planned) - (Math.Abs(visitor.Clock.Offset) < ClocksAgree ? 0 : visitor.Clock.Offset);

    private static ReadOnlySpan<byte> Data(in PlannedEvent planned) =>
        planned.Kind == EventKind.SessionStart
            ? planned.EventId == 0
                ? "{\"path\":\"/2/httpapi\",\"first_event\":true,\"user_properties_updated\":true,\"group_first_event\":{},\"group_ids\":{}}"u8
                : "{\"path\":\"/2/httpapi\",\"user_properties_updated\":true,\"group_first_event\":{},\"group_ids\":{}}"u8
            : "{\"path\":\"/2/httpapi\",\"group_first_event\":{},\"group_ids\":{}}"u8;
}
