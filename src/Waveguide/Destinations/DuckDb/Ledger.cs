using System.Text.Json.Nodes;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>The rows of <c>waveguide.hours</c> and <c>waveguide.quarantine</c>.</summary>
internal sealed class Ledger(DuckDbConnection connection)
{
    private const string From = "FROM waveguide.hours WHERE project = $1 AND table_name = $2";

    /// <summary>One statement for all hours: DuckDB holds a block of memory for each statement of a transaction.</summary>
    private const string Insert = """
        INSERT INTO waveguide.hours BY NAME
        SELECT $1 AS project, $2 AS table_name, $3 AS tool_version, unnest(entry)
        FROM (
            SELECT unnest(from_json($4, '[{"hour":"TIMESTAMP","state":"VARCHAR","rows":"BIGINT","rejected":"BIGINT",
                "repaired":"BIGINT","duplicates":"BIGINT","bytes":"BIGINT","fingerprint":"VARCHAR","parts":"JSON",
                "window_hours":"INTEGER","reason":"VARCHAR","loaded_at":"TIMESTAMP"}]')) AS entry
        )
        """;

    public Coverage Read(string project, Table table) => Read(Records(table), [project, table.Name]);

    /// <summary>The coverage of the slice's hours alone.</summary>
    public Coverage Read(Slice slice) =>
        Read(
            Records(slice.Table) + " AND hour >= $3 AND hour < $4",
            [slice.Project, slice.Table.Name, slice.Hours.From.Start, slice.Hours.Until.Start]
        );

    /// <summary>The parts of the snapshot that is there, without a path.</summary>
    public IReadOnlyList<FetchedPart> Parts(string project, Table table)
    {
        using var result = connection.Query(
            $"""
            SELECT hour, part->>'name', (part->>'bytes')::BIGINT, part->>'sha256'
            FROM (SELECT hour, unnest(from_json(parts, '["JSON"]')) AS part {From})
            """,
            [project, table.Name]
        );
        return
        [
            .. result
                .Rows()
                .Select(row => new FetchedPart(
                    UploadHour.Of((DateTime)row[0]!),
                    (string)row[1]!,
                    Path: string.Empty,
                    Offset: 0,
                    (long)row[2]!,
                    (string)row[3]!
                )),
        ];
    }

    /// <summary>Puts these entries in place of what there was for their hours.</summary>
    /// <param name="parts">The parts from which the hours were loaded.</param>
    public void Write(Slice slice, IReadOnlyList<HourRecord> records, IReadOnlyList<FetchedPart> parts)
    {
        var partsOf = parts.ToLookup(part => part.Hour);
        Delete(slice, records);
        connection.Execute(
            Insert,
            [
                slice.Project,
                slice.Table.Name,
                ToolVersion.Text,
                LedgerJson.Of(records.Select(record => Row(record, partsOf[record.Hour]))),
            ]
        );
    }

    public void WriteQuarantine(Slice slice, IReadOnlyList<RejectedLine> lines, DateTimeOffset loadedAt)
    {
        foreach (var line in lines)
        {
            connection.Execute(
                "INSERT INTO waveguide.quarantine VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                [
                    slice.Project,
                    slice.Table.Name,
                    line.Hour.Start,
                    line.Part,
                    line.Line,
                    line.Offset,
                    line.Reason,
                    line.Raw,
                    loadedAt.UtcDateTime,
                ]
            );
        }
    }

    /// <returns>How many hours had an entry.</returns>
    public int Delete(Slice slice) => Delete("hours", "hour", slice);

    /// <summary>Deletes every entry of the table.</summary>
    public void Delete(string project, Table table) =>
        connection.Execute("DELETE FROM waveguide.hours WHERE project = $1 AND table_name = $2", [project, table.Name]);

    public void DeleteQuarantine(Slice slice) => Delete("quarantine", "upload_hour", slice);

    private void Delete(Slice slice, IReadOnlyList<HourRecord> records)
    {
        foreach (var hours in HourRange.Gather(records.Select(record => record.Hour)))
        {
            Delete(slice with { Hours = hours });
        }
    }

    private int Delete(string table, string hourColumn, Slice slice) =>
        (int)
            connection.Execute(
                $"DELETE FROM waveguide.{table} WHERE project = $1 AND table_name = $2 AND {hourColumn} >= $3 AND {hourColumn} < $4",
                [slice.Project, slice.Table.Name, slice.Hours.From.Start, slice.Hours.Until.Start]
            );

    private static LedgerRow Row(HourRecord record, IEnumerable<FetchedPart> parts) =>
        new()
        {
            Hour = record.Hour.Start,
            State = record.State.Name(),
            Rows = record.Tally.Rows,
            Rejected = record.Tally.Rejected,
            Repaired = record.Tally.Repaired,
            Duplicates = record.Tally.Duplicates,
            Bytes = record.Tally.Bytes,
            Fingerprint = record.Fingerprint,
            Parts = [.. parts.Select(part => new LedgerPart(part.Name, part.Length, part.Sha256))],
            WindowHours = record.Window,
            Reason = record.Reason,
            LoadedAt = record.At.UtcDateTime,
        };

    private static string Records(Table table) =>
        $"""
            SELECT hour, state, rows, rejected, repaired, duplicates, bytes, fingerprint, window_hours, loaded_at, reason,
                {(table.Kind == TableKind.Snapshot ? "parts" : "NULL")}
            {From}
            """;

    private Coverage Read(string sql, IReadOnlyList<object?> parameters)
    {
        using var result = connection.Query(sql, parameters);
        return new Coverage([.. result.Rows().Select(Record)]);
    }

    private static HourRecord Record(DuckDbRow row) =>
        new(
            UploadHour.Of((DateTime)row[0]!),
            HourStates.Parse((string)row[1]!),
            new HourTally((long)row[2]!, (long)row[3]!, (long)row[4]!, (long)row[5]!, (long)row[6]!),
            (string?)row[7],
            (int)row[8]!,
            (DateTime)row[9]!,
            (string?)row[10]
        )
        {
            Parts = row[11] is string parts ? [.. JsonNode.Parse(parts)!.AsArray().Select(Name)] : [],
        };

    private static string Name(JsonNode? part) => (string)part!["name"]!;
}
