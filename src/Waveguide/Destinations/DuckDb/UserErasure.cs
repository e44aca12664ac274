using Waveguide.Destinations.Erasing;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>Finds, and erases, what a warehouse holds of the users in <c>amplitude.deletions</c>.</summary>
/// <param name="statuses">Of the deletion jobs that count.</param>
internal sealed class UserErasure(DuckDbConnection connection, IReadOnlyList<string> statuses)
{
    private readonly LeavingUsers _leaving = new(connection);

    /// <returns>What is to go; the tables <c>leaving_*</c> hold it until the connection is closed.</returns>
    /// <exception cref="ConfigurationException">The deletion jobs were never loaded.</exception>
    public ErasureReport Find(CancellationToken cancellationToken)
    {
        if (!Layout.Exists(connection, "amplitude", "deletions"))
        {
            throw LeavingUsers.NoJobs();
        }

        _leaving.Find(statuses, Layout.Exists(connection, "amplitude", "merged_ids"));
        FindRows(cancellationToken);
        return _leaving.Report(new ErasedUsers(connection).Read(), cancellationToken);
    }

    /// <summary>Erases what <see cref="Find"/> has found, lowers the ledger's counts, and notes the users; in one transaction.</summary>
    public void Apply(DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (table, _) in Sources().Where(source => source.Table != "waveguide.quarantine"))
        {
            Delete(table, $"NOT rejected AND 'amplitude.' || table_name = '{table}'", cancellationToken);
        }

        Delete("waveguide.quarantine", "rejected", cancellationToken);
        connection.Execute(
            """
            UPDATE waveguide.hours AS ledger
            SET rows = ledger.rows - gone.rows, rejected = ledger.rejected - gone.lines
            FROM (
                SELECT project, table_name, hour, count(DISTINCT row_id) FILTER (NOT rejected) AS rows,
                    count(DISTINCT row_id) FILTER (rejected) AS lines
                FROM leaving_rows GROUP BY ALL
            ) AS gone
            WHERE ledger.project = gone.project AND ledger.table_name = gone.table_name AND ledger.hour = gone.hour
            """,
            cancellationToken
        );
        connection.Execute(
            """
            INSERT INTO waveguide.erased
            SELECT project, amplitude_id, $1,
                (SELECT count(*) FROM leaving_rows r WHERE r.project = u.project AND r.amplitude_id = u.amplitude_id)
            FROM leaving_users u ANTI JOIN waveguide.erased e USING (project, amplitude_id)
            """,
            [at.UtcDateTime],
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
    }

    private void Delete(string table, string rows, CancellationToken cancellationToken) =>
        connection.Execute(
            $"DELETE FROM {table} WHERE rowid IN (SELECT row_id FROM leaving_rows WHERE {rows})",
            cancellationToken
        );

    private void FindRows(CancellationToken cancellationToken)
    {
        var names = string.Join(" UNION ", Naming().Select(Names));
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE leaving_names AS
            SELECT NULL::VARCHAR AS project, NULL::BIGINT AS amplitude_id, NULL::VARCHAR AS user_id WHERE false
            {(names.Length > 0 ? $"UNION {names}" : "")}
            """,
            cancellationToken
        );
        connection.Execute(
            $"CREATE OR REPLACE TEMP TABLE leaving_rows AS {string.Join(" UNION ALL ", Sources().Select(s => s.Rows))}",
            cancellationToken
        );
    }

    private IEnumerable<string> Naming() =>
        LeavingUsers.Covered.Where(table => Layout.Exists(connection, "amplitude", table));

    private static string Names(string table) =>
        $"""
            SELECT u.project, u.amplitude_id, t.user_id FROM amplitude.{table} AS t {LeavingUsers.ById}
            WHERE t.user_id IS NOT NULL
            """;

    /// <summary>Each table that holds rows of users, with a query for those that go.</summary>
    private IEnumerable<(string Table, string Rows)> Sources()
    {
        (string Table, string Join)[] tables =
        [
            .. LeavingUsers.Covered.Select(table => (table, LeavingUsers.ById)),
            ("user_profiles", LeavingUsers.ByName),
        ];
        foreach (var (table, join) in tables.Where(one => Layout.Exists(connection, "amplitude", one.Table)))
        {
            var isHourly = table == "events";
            var snapshot = $"""
                (SELECT project, max(hour) AS hour FROM waveguide.hours
                WHERE table_name = '{table}' AND fingerprint IS NOT NULL GROUP BY project)
                """;
            yield return (
                $"amplitude.{table}",
                $"""
                SELECT '{table}' AS table_name, false AS rejected, u.project, u.amplitude_id,
                    {(isHourly ? "t._upload_hour" : "s.hour")} AS hour, t.rowid AS row_id
                FROM amplitude.{table} AS t {join}
                {(isHourly ? "" : $"LEFT JOIN {snapshot} AS s ON s.project = t._project")}
                """
            );
        }

        yield return (
            "waveguide.quarantine",
            LeavingUsers.Lines(
                "(SELECT *, rowid AS row_id FROM waveguide.quarantine)",
                "t.table_name, true AS rejected, u.project, u.amplitude_id, t.upload_hour AS hour, t.row_id"
            )
        );
    }
}
