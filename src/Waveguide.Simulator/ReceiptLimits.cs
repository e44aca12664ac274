namespace Waveguide.Simulator;

/// <summary>What is refused of uploads. The defaults are those of the HTTP V2 and Batch Event Upload APIs.</summary>
public sealed record ReceiptLimits
{
    /// <summary>Bytes of an unpacked body of <c>/2/httpapi</c>; at this size and above the answer is 413. Default 1 MB.</summary>
    public int HttpApiBytes { get; init; } = 1_000_000;

    /// <summary>Bytes of an unpacked body of <c>/batch</c>; at this size and above the answer is 413. Default 20 MB.</summary>
    public int BatchBytes { get; init; } = 20_000_000;

    /// <summary>Events of one upload; more are answered 413. Default 2,000.</summary>
    public int Events { get; init; } = 2_000;

    /// <summary>
    /// Events a second of one device or user by <c>/2/httpapi</c>, on average over <see cref="Window"/>; more are
    /// answered 429. Default 30.
    /// </summary>
    public int EventsPerSecond { get; init; } = 30;

    /// <summary>As <see cref="EventsPerSecond"/>, by <c>/batch</c>. Default 1,000.</summary>
    public int BatchEventsPerSecond { get; init; } = 1_000;

    /// <summary>Default 30 seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events of one device or user in 24 hours by <c>/batch</c>; more are answered 429. Default 500,000.</summary>
    public int BatchEventsPerDay { get; init; } = 500_000;

    /// <summary>Devices that Amplitude's support has silenced: an upload with one of them is answered 400. Default none.</summary>
    public IReadOnlyCollection<string> SilencedDevices { get; init; } = [];
}
