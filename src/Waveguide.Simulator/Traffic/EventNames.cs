namespace Waveguide.Simulator.Traffic;

internal static class EventNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<EventKind>().Select(Of)];

    public static string Of(EventKind kind) =>
        kind switch
        {
            EventKind.SessionStart => "session_start",
            EventKind.SessionEnd => "session_end",
            EventKind.PageViewed => "[Amplitude] Page Viewed",
            EventKind.Clicked => "[Amplitude] Element Clicked",
            EventKind.Changed => "[Amplitude] Element Changed",
            EventKind.FormStarted => "[Amplitude] Form Started",
            EventKind.FormSubmitted => "[Amplitude] Form Submitted",
            EventKind.FileDownloaded => "[Amplitude] File Downloaded",
            EventKind.VideoStarted => "video_started",
            EventKind.VideoPaused => "video_paused",
            EventKind.Search => "Activate Modal Search",
            _ => "Newsletter Signup Stored",
        };
}
