using System.Text.Json;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.DuckDb;

/// <summary>A snapshot on its way into the warehouse: it takes the place of the one before, but for the parts it keeps.</summary>
internal sealed class SnapshotLoad(DuckDbConnection connection, Ledger ledger, Scan scan, ScanRelation relation)
{
    private readonly Slice _slice = scan.Slice;
    private readonly string _kept = JsonSerializer.Serialize(scan.Fetched.Kept);

    /// <exception cref="SourceException">Too many lines were rejected; nothing is changed.</exception>
    /// <exception cref="DestinationException">DuckDB holds another number of rows than were counted; nothing is changed.</exception>
    public Manifest Write(CancellationToken cancellationToken)
    {
        relation.Restart();
        var hour = _slice.Hours.From;
        using var transaction = connection.BeginTransaction();
        Delete($"amplitude.{Layout.Quote(_slice.Table.Name)}", "_project = $1 AND _part", _slice.Project);
        Delete("waveguide.quarantine", $"project = $1 AND table_name = '{_slice.Table.Name}' AND part", _slice.Project);
        var rows = KeptRows();
        var inserted = SliceLoad.Insert(connection, _slice, relation, cancellationToken);
        scan.Content.ThrowIfTooManyRejected();
        var content = scan.Content[hour];
        SliceLoad.ThrowIfLost(_slice, inserted, content.Tally.Rows);
        IReadOnlyList<FetchedPart> parts = [.. KeptParts(), .. scan.Fetched.Parts];
        var record = new HourRecord(
            hour,
            scan.StateOf(hour),
            content.Tally with
            {
                Rows = rows + inserted,
            },
            content.Fingerprint,
            _slice.Window,
            scan.LoadedAt,
            scan.Fetched.Lacking?.Message
        )
        {
            Parts = [.. parts.Select(part => part.Name)],
        };
        ledger.WriteQuarantine(_slice, scan.Content.Rejected, scan.LoadedAt);
        var records = new ErasedUsers(connection).LeaveOut(_slice, [record]);
        ledger.Delete(_slice.Project, _slice.Table);
        ledger.Write(_slice, records, parts);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        return new Manifest(_slice, records, [], parts, ToolVersion.Text, scan.LoadedAt);
    }

    private void Delete(string table, string where, string project) =>
        connection.Execute(
            $"DELETE FROM {table} WHERE {where} NOT IN (SELECT unnest(from_json($2, '[\"VARCHAR\"]')))",
            [project, _kept]
        );

    private long KeptRows()
    {
        using var result = connection.Query(
            $"SELECT count(*) FROM amplitude.{Layout.Quote(_slice.Table.Name)} WHERE _project = $1",
            [_slice.Project]
        );
        return (long)result.Rows().Single()[0]!;
    }

    private IEnumerable<FetchedPart> KeptParts()
    {
        var kept = scan.Fetched.Kept.ToHashSet(StringComparer.Ordinal);
        return ledger
            .Parts(_slice.Project, _slice.Table)
            .Where(part => kept.Contains(part.Name))
            .Select(part => part with { Hour = _slice.Hours.From });
    }
}
