namespace Waveguide.Simulator.Traffic;

internal enum EventKind
{
    SessionStart,
    SessionEnd,
    PageViewed,
    Clicked,
    Changed,
    FormStarted,
    FormSubmitted,
    FileDownloaded,
    VideoStarted,
    VideoPaused,
    Search,
    ServerSide,
}

/// <summary>An event before it is written; times are the server's, in milliseconds since 1970.</summary>
internal readonly record struct PlannedEvent
{
    public EventKind Kind { get; init; }

    public long Time { get; init; }

    public long Received { get; init; }

    public long SessionId { get; init; }

    public SitePage Page { get; init; }

    public SitePage? TitleOf { get; init; }

    public Element? Element { get; init; }

    /// <summary>Page counter, milliseconds of video, or form field.</summary>
    public int Number { get; init; }

    public int EventId { get; init; }

    public bool IsEntry { get; init; }

    public bool IsSecondAccount { get; init; }

    public bool StartsRage { get; init; }

    public ulong Salt { get; init; }

    public long Uploaded => Received + 2 + (long)(Salt & 3);

    public long Processed => Uploaded + 600 + (long)((Salt >> 8) % 3_400);
}
