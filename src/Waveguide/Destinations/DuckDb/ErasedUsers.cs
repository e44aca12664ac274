using Waveguide.Destinations.Erasing;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>The users of <c>waveguide.erased</c>: what is loaded later leaves their rows out.</summary>
internal sealed class ErasedUsers(DuckDbConnection connection)
{
    private const string All = "SELECT project, amplitude_id, erased_at, rows FROM waveguide.erased";

    /// <summary>Makes the table, where there is none.</summary>
    public const string Table = """
        CREATE TABLE IF NOT EXISTS waveguide.erased (
            project VARCHAR NOT NULL,
            amplitude_id BIGINT NOT NULL,
            erased_at TIMESTAMP NOT NULL,
            rows BIGINT NOT NULL
        )
        """;

    /// <summary>Notes users whose rows are nowhere, so that none of them lands.</summary>
    public void Write(IReadOnlyList<ErasedUser> users)
    {
        foreach (var user in users)
        {
            connection.Execute(
                "INSERT INTO waveguide.erased VALUES ($1, $2, $3, $4)",
                [user.Project, user.AmplitudeId, user.ErasedAt.UtcDateTime, user.Rows]
            );
        }
    }

    public IReadOnlyList<ErasedUser> Read()
    {
        if (!Layout.Exists(connection, "waveguide", "erased"))
        {
            return [];
        }

        using var result = connection.Query(All);
        return [.. result.Rows().Select(row => User(row[0], row[1], row[2], row[3]))];
    }

    /// <summary>Those of any destination that keeps such a table; none if it has erased nobody.</summary>
    public static async Task<IReadOnlyList<ErasedUser>> ReadAsync(
        IDestination destination,
        CancellationToken cancellationToken
    )
    {
        const string Tables =
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'waveguide' AND table_name = 'erased'";
        await using (var table = await destination.QueryAsync(Tables, [], cancellationToken))
        {
            if (!await table.RowsAsync(cancellationToken).AnyAsync(cancellationToken))
            {
                return [];
            }
        }

        await using var users = await destination.QueryAsync(All, [], cancellationToken);
        return await users
            .RowsAsync(cancellationToken)
            .Select(row => User(row[0], row[1], row[2], row[3]))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Deletes what the slice has just brought of erased users.</summary>
    /// <returns>The entries with what is left; their fingerprints stay those of what the source gave.</returns>
    public IReadOnlyList<HourRecord> LeaveOut(Slice slice, IReadOnlyList<HourRecord> records)
    {
        const string erased = "SELECT amplitude_id FROM waveguide.erased WHERE project = $1";
        if (!LeavingUsers.Covered.Contains(slice.Table.Name) || !HasErased(slice.Project))
        {
            return records;
        }

        var table = $"amplitude.{Layout.Quote(slice.Table.Name)}";
        var theirs = $"_project = $1 AND _upload_hour >= $2 AND _upload_hour < $3 AND amplitude_id IN ({erased})";
        var lines = Delete(
            "waveguide.quarantine",
            "upload_hour",
            $"""
            project = $1 AND upload_hour >= $2 AND upload_hour < $3 AND table_name = '{slice.Table.Name}' AND (
                list_has_any({LeavingUsers.Numbers}, (SELECT coalesce(list(amplitude_id::VARCHAR), []) FROM ({erased})))
                OR EXISTS (
                    FROM (SELECT DISTINCT user_id FROM {table} WHERE {theirs}) AS named
                    WHERE contains(raw::VARCHAR, encode(to_json(named.user_id)::VARCHAR)::VARCHAR)
                )
            )
            """,
            slice
        );
        var rows = Delete(table, "_upload_hour", theirs, slice);
        return
        [
            .. records.Select(record =>
                record with
                {
                    Tally = record.Tally with
                    {
                        Rows = record.Tally.Rows - rows.GetValueOrDefault(record.Hour),
                        Rejected = record.Tally.Rejected - lines.GetValueOrDefault(record.Hour),
                    },
                }
            ),
        ];
    }

    private bool HasErased(string project) =>
        connection.Scalar($"SELECT count(*) FROM waveguide.erased WHERE project = {Layout.Text(project)}") is not 0L;

    private Dictionary<UploadHour, long> Delete(string table, string hour, string where, Slice slice)
    {
        object?[] place = [slice.Project, slice.Hours.From.Start, slice.Hours.Until.Start];
        Dictionary<UploadHour, long> counts;
        using (var result = connection.Query($"SELECT {hour}, count(*) FROM {table} WHERE {where} GROUP BY 1", place))
        {
            counts = result.Rows().ToDictionary(row => UploadHour.Of((DateTime)row[0]!), row => (long)row[1]!);
        }

        if (counts.Count > 0)
        {
            connection.Execute($"DELETE FROM {table} WHERE {where}", place);
        }

        return counts;
    }

    private static ErasedUser User(object? project, object? id, object? at, object? rows) =>
        new((string)project!, (long)id!, (DateTime)at!, (long)rows!);
}
