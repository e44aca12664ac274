using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.DuckDb;

/// <summary>One slice on its way into the warehouse.</summary>
internal sealed class SliceLoad(DuckDbConnection connection, Ledger ledger, Scan scan, ScanRelation relation)
{
    private readonly Slice _slice = scan.Slice;
    private readonly Coverage _before = ledger.Read(scan.Slice);

    /// <summary>Reads the slice without writing its rows, if all its hours are loaded; only the ledger changes.</summary>
    /// <returns>Null if some hour is missing or has other content now.</returns>
    public Manifest? Confirm(CancellationToken cancellationToken)
    {
        if (!_slice.Hours.Hours().All(_before.Holds))
        {
            return null;
        }

        relation.Restart();
        using (var rows = connection.Query($"SELECT count(*) FROM {relation.Sql}", cancellationToken))
        {
            rows.FetchChunk();
        }

        if (_slice.Hours.Hours().Any(hour => scan.Content[hour].Fingerprint != _before[hour]!.Fingerprint))
        {
            return null;
        }

        var records = Records(hour => _before[hour]!.Tally);
        using var transaction = connection.BeginTransaction();
        ledger.Write(_slice, records, scan.Fetched.Parts);
        transaction.Commit();
        return Manifest(records, []);
    }

    /// <summary>Puts the slice in place of whatever there was for its hours.</summary>
    /// <exception cref="SourceException">Too many lines were rejected; nothing is changed.</exception>
    /// <exception cref="DestinationException">DuckDB holds another number of rows than were counted; nothing is changed.</exception>
    public Manifest Write(CancellationToken cancellationToken)
    {
        relation.Restart();
        using var transaction = connection.BeginTransaction();
        DeleteRows(connection, _slice, cancellationToken);
        ledger.DeleteQuarantine(_slice);
        var inserted = Insert(connection, _slice, relation, cancellationToken);
        scan.Content.ThrowIfTooManyRejected();
        var read = Records(hour => scan.Content[hour].Tally);
        ThrowIfLost(_slice, inserted, read.Sum(record => record.Tally.Rows));
        ledger.WriteQuarantine(_slice, scan.Content.Rejected, scan.LoadedAt);
        var records = new ErasedUsers(connection).LeaveOut(_slice, read);
        ledger.Write(_slice, records, scan.Fetched.Parts);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        return Manifest(records, [.. records.Where(IsReplacement).Select(record => record.Hour)]);
    }

    public static void DeleteRows(DuckDbConnection connection, Slice slice, CancellationToken cancellationToken) =>
        connection.Execute(
            $"DELETE FROM amplitude.{Layout.Quote(slice.Table.Name)} WHERE _project = $1 AND _upload_hour >= $2 AND _upload_hour < $3",
            [slice.Project, slice.Hours.From.Start, slice.Hours.Until.Start],
            cancellationToken
        );

    /// <summary>Reads the relation into its table, but for rows that turn out to be repeated.</summary>
    /// <returns>Rows that the table has gained.</returns>
    public static long Insert(
        DuckDbConnection connection,
        Slice slice,
        ScanRelation relation,
        CancellationToken cancellationToken
    )
    {
        var table = $"amplitude.{Layout.Quote(slice.Table.Name)}";
        var inserted = connection.Execute(
            $"INSERT INTO {table} BY NAME SELECT * FROM {relation.Sql}",
            cancellationToken
        );
        return inserted
            - relation.Displaced.Sum(place =>
                connection.Execute(
                    $"""
                    DELETE FROM {table}
                    WHERE _project = $1 AND _upload_hour >= $2 AND _upload_hour < $3 AND _part = $4 AND _line = $5
                    """,
                    [slice.Project, slice.Hours.From.Start, slice.Hours.Until.Start, place.Part, place.Line],
                    cancellationToken
                )
            );
    }

    /// <exception cref="DestinationException">The table has gained another number of rows than were read.</exception>
    public static void ThrowIfLost(Slice slice, long inserted, long counted)
    {
        if (inserted != counted)
        {
            throw new DestinationException(
                $"{slice}: {counted:N0} rows were read, but DuckDB holds {inserted:N0} of them; nothing was committed."
            )
            {
                Hint = "This should not be possible: please report it with the name of the slice.",
            };
        }
    }

    private List<HourRecord> Records(Func<UploadHour, HourTally> tally) =>
        [
            .. _slice
                .Hours.Hours()
                .Select(hour => new HourRecord(
                    hour,
                    scan.StateOf(hour),
                    tally(hour),
                    scan.Content[hour].Fingerprint,
                    _slice.Window,
                    scan.LoadedAt
                )),
        ];

    private bool IsReplacement(HourRecord record) =>
        _before.Holds(record.Hour) && _before[record.Hour]!.Fingerprint != record.Fingerprint;

    private Manifest Manifest(IReadOnlyList<HourRecord> records, IReadOnlyList<UploadHour> replaced) =>
        new(_slice, records, replaced, scan.Fetched.Parts, ToolVersion.Text, scan.LoadedAt);
}
