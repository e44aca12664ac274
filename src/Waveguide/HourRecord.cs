namespace Waveguide;

/// <summary>The ledger's entry for one hour of one table.</summary>
/// <param name="Fingerprint">
/// Order-free hash over the hour's rows as the source gave them; two reads with the same content have the same one.
/// Null when nothing is loaded.
/// </param>
/// <param name="Window">Hours in the window that was in force when the entry was written.</param>
/// <param name="At">When the entry was written, UTC.</param>
/// <param name="Reason">Why the hour is not loaded, or a snapshot lacks something; null when all is there.</param>
public sealed record HourRecord(
    UploadHour Hour,
    HourState State,
    HourTally Tally,
    string? Fingerprint,
    int Window,
    DateTimeOffset At,
    string? Reason = null
)
{
    /// <summary>Names of the parts of a snapshot, in their order; empty for other tables.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
