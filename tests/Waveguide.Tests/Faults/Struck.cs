using Waveguide.Simulator;

namespace Waveguide.Tests.Faults;

/// <summary>A fault that strikes a run, and what can be seen of it afterwards.</summary>
/// <param name="Fault">Of the simulator.</param>
/// <param name="Status">Where the fault is a status; otherwise null.</param>
/// <param name="Reason">What the run says where the fault never ends; null where patience or care overcomes it.</param>
/// <param name="Rewritten">The rows in SQL that differ from those of a calm run; null where none may.</param>
public sealed record Struck(FaultKind Fault, int? Status, string? Reason, string? Rewritten)
{
    /// <summary>Every fault of the simulator, and each status that Amplitude and what stands before it answer.</summary>
    public static IReadOnlyList<Struck> All { get; } =
    [
        Lasting(429, "Amplitude's limit of requests is reached (429"),
        Lasting(500, "Amplitude cannot answer now (500"),
        Lasting(502, "Amplitude cannot answer now (502"),
        Lasting(503, "Amplitude cannot answer now (503"),
        Lasting(504, "Amplitude took too long (504"),
        Lasting(FaultKind.TextBody, "came damaged six times (it has no end, or is not a zip archive"),
        Lasting(FaultKind.EmptyBody, "came damaged six times (it is empty"),
        Lasting(FaultKind.EmptyZip, "came damaged six times (it has no files in it"),
        Passing(FaultKind.Delay),
        Lasting(FaultKind.Stall, "sent nothing for 600 seconds"),
        Lasting(FaultKind.CutBody, "no whole answer from"),
        Lasting(FaultKind.CutBodyChunked, "came damaged six times (it has no end, or is not a zip archive"),
        Lasting(FaultKind.Reset, "no whole answer from"),
        Lasting(FaultKind.BadZipCrc, "its zip checksum is wrong"),
        Lasting(FaultKind.BadGzipCrc, "its gzip checksum is wrong"),
        Lasting(FaultKind.TruncatedGzip, ".json.gz: it"),
        Lasting(FaultKind.HostileName, "is not the name of an export file"),
        Passing(FaultKind.DayFile),
        Passing(FaultKind.DuplicateInShards),
        Passing(FaultKind.RepeatedInHours),
        Passing(FaultKind.LateRows),
        Passing(FaultKind.LateHour),
        Rewriting(FaultKind.OldRows, "insert_key IS NULL AND data_type IS NULL AND _extra IS NULL"),
        Rewriting(FaultKind.UnknownKey, "_extra = '{\"new_key\":{\"since\":2031}}'"),
        Rewriting(FaultKind.NullTimes, "event_time IS NULL AND processed_time IS NULL AND _extra IS NULL"),
        Rewriting(
            FaultKind.EmptyTimes,
            "event_time IS NULL AND len(json_keys(_extra)) = 5 AND (_extra->>'event_time') = ''"
        ),
        Rewriting(FaultKind.TextBooleans, "is_attribution_event AND paying AND _extra IS NULL"),
        Rewriting(
            FaultKind.BigNumbers,
            """
            amplitude_id = 9007199254740993 AND ends_with(
                event_properties::VARCHAR,
                '"big_id":9223372036854775807,"long_decimal":0.12345678901234567890123456789}'
            )
            """
        ),
        Rewriting(
            FaultKind.EmptyPlaceholder,
            "user_properties::VARCHAR = '{\"initial_utm_content\":\"EMPTY\",\"initial_referrer\":\"EMPTY\"}'"
        ),
        Passing(FaultKind.InvalidLine),
    ];

    public static Struck Named(string name) => All.Single(struck => struck.ToString() == name);

    public override string ToString() => Status is { } status ? $"{Fault} {status}" : $"{Fault}";

    private static Struck Lasting(int status, string reason) => new(FaultKind.Status, status, reason, null);

    private static Struck Lasting(FaultKind fault, string reason) => new(fault, null, reason, null);

    private static Struck Passing(FaultKind fault) => new(fault, null, null, null);

    private static Struck Rewriting(FaultKind fault, string rows) => new(fault, null, null, rows);
}
