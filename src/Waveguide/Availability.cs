namespace Waveguide;

/// <summary>When an upload hour may be asked for, and when what it answers is final.</summary>
public sealed record Availability
{
    /// <summary>
    /// From the start of an hour until it may be exported: 3 hours by default. Data received from 20:00 to 21:00 is
    /// exportable at 23:00 (Export API, "Considerations"); an earlier answer may be partial and does not say so.
    /// </summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromHours(3);

    /// <summary>From the moment an hour is available until its content counts as final: 24 hours by default.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The first hour that is not yet safe to ask for: the exclusive end of every plan.</summary>
    public UploadHour SafeUntil(DateTimeOffset now) => UploadHour.Of(now - Lag).Next;

    /// <summary>Whether an answer read at this time is final for the hour.</summary>
    public bool IsFinal(UploadHour hour, DateTimeOffset readAt) => readAt >= hour.Start + Lag + ConfirmAfter;
}
