namespace Waveguide.Simulator;

/// <summary>One fault of export requests, and when it strikes.</summary>
public sealed record FaultRule
{
    public required FaultKind Fault { get; init; }

    /// <summary>First upload hour concerned, UTC. Default null: from the beginning.</summary>
    public DateTime? From { get; init; }

    /// <summary>End of the hours concerned, UTC, excluded. Default null: no end.</summary>
    public DateTime? Until { get; init; }

    /// <summary>
    /// Number of the export request, from 1, at which the rule begins to fit. Default null: the first. Requests refused
    /// for credentials, concurrency or form do not count.
    /// </summary>
    public int? Request { get; init; }

    /// <summary>
    /// How often the rule strikes: requests for a fault of the answer, reads of each hour for a fault of the data.
    /// Default null: always, but late rows and late hours are late once.
    /// </summary>
    public int? Times { get; init; }

    /// <summary>Status of <see cref="FaultKind.Status"/>. Default 503.</summary>
    public int? Status { get; init; }

    /// <summary>Seconds in the header <c>Retry-After</c> of <see cref="FaultKind.Status"/>. Default null: no header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Seconds before the answer of <see cref="FaultKind.Delay"/> begins. Default 1.</summary>
    public double? Seconds { get; init; }

    /// <summary>
    /// Bytes of the body before it is cut, reset or stalls. Default: half of it, and for a stall nothing, not even the
    /// status.
    /// </summary>
    public long? AfterBytes { get; init; }

    /// <summary>Body of a text or status answer, or the line of <see cref="FaultKind.InvalidLine"/>.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Member name of <see cref="FaultKind.HostileName"/> (default <c>../../outside.json.gz</c>) or key of
    /// <see cref="FaultKind.UnknownKey"/> (default <c>new_key</c>).
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// Rows concerned in each hour, the first ones of its first file. Default 1; all of the file for old rows and
    /// unknown keys.
    /// </summary>
    public int? Rows { get; init; }

    internal bool Concerns(DateTime hour) => (From is null || hour >= From) && (Until is null || hour < Until);
}
