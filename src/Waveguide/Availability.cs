namespace Waveguide;

/// <summary>When rows may be asked for, and when what is answered is final.</summary>
public sealed record Availability
{
    /// <summary>
    /// From the start of an hour until it may be exported: 3 hours by default. Data received from 20:00 to 21:00 is
    /// exportable at 23:00 (Export API, "Considerations"); an earlier answer may be partial and does not say so.
    /// A day of a daily table may be asked for as long after its end.
    /// </summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromHours(3);

    /// <summary>From the moment an hour or day is available until its content counts as final: 24 hours by default.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The age at which a snapshot is taken anew: 1 hour by default; zero for every run.</summary>
    public TimeSpan SnapshotAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The time zone of the project, by which Amplitude's dashboard cuts days (Dashboard REST API, "Time zone"): UTC by
    /// default. Only daily tables go by it; the hours of such a day are those of its date, as if it were a UTC day.
    /// </summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The first hour that is not yet safe to ask for: the exclusive end of every plan.</summary>
    public UploadHour SafeUntil(DateTimeOffset now, TableKind kind = TableKind.Hourly) =>
        kind switch
        {
            TableKind.Hourly => UploadHour.Of(now - Lag).Next,
            TableKind.Daily => Today(now - Lag),
            TableKind.Snapshot => UploadHour.Of(now).Next,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>Whether an answer read at this time is final for the hour.</summary>
    public bool IsFinal(UploadHour hour, DateTimeOffset readAt, TableKind kind = TableKind.Hourly) =>
        kind switch
        {
            TableKind.Hourly => readAt >= hour.Start + Lag + ConfirmAfter,
            TableKind.Daily => InZone(readAt - Lag - ConfirmAfter) >= hour.Midnight.AddHours(24).Start,
            TableKind.Snapshot => true,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>The midnight that labels the present day of a daily table.</summary>
    public UploadHour Today(DateTimeOffset now) => UploadHour.Of(InZone(now)).Midnight;

    /// <summary>The clock on the wall of the project, as if it were UTC.</summary>
    private DateTimeOffset InZone(DateTimeOffset moment) =>
        new(TimeZoneInfo.ConvertTime(moment, Zone).DateTime, TimeSpan.Zero);
}
