namespace Waveguide;

/// <summary>
/// Where tables land, together with the ledger of their hours. One caller at a time.
/// Every failure is a <see cref="DestinationException"/>, but for what a scan throws, which passes through.
/// </summary>
public interface IDestination : IAsyncDisposable
{
    /// <summary>
    /// Whether a load keeps the parts and reads them only to count what they hold, which whoever verifies them may have
    /// done: <see cref="FetchedSlice.Content"/>.
    /// </summary>
    bool KeepsParts { get; }

    Task<Coverage> CoverageAsync(string project, Table table, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the slice and its ledger rows visible together, in place of what the ledger had for these hours;
    /// or changes nothing and throws. Hours whose content is already there are confirmed, not written again,
    /// unless the scan <see cref="Scan.Rewrites"/>.
    /// </summary>
    Task<Manifest> LoadAsync(Scan scan, CancellationToken cancellationToken);

    /// <summary>Notes why hours of the slice are missing. Hours that are loaded keep their state.</summary>
    /// <param name="state"><see cref="HourState.Failed"/> or <see cref="HourState.TooLarge"/>.</param>
    Task MarkAsync(Slice slice, HourState state, string reason, CancellationToken cancellationToken);

    /// <summary>Removes rows, quarantined lines and ledger entries of the slice's hours; they count as missing again.</summary>
    /// <returns>How many hours the ledger held.</returns>
    Task<int> ForgetAsync(Slice slice, CancellationToken cancellationToken);

    /// <summary>Runs one SQL statement, for proof and reports.</summary>
    /// <param name="parameters">Values of <c>$1</c>, <c>$2</c>, ... in the statement.</param>
    Task<QueryResult> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken);
}
