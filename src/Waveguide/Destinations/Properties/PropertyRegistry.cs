using Waveguide.Destinations.DuckDb;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.Properties;

/// <summary>
/// <c>waveguide.properties</c>: which properties events and users have had. Counts are kept for each hour, so that an hour
/// that is replaced, erased from or forgotten takes its own share away and no other, and summed up, so that a run need not
/// read those of all years. Hours are read after they are committed, so that no load waits for it; those that are not read
/// yet, whatever the reason, are read by the next call.
/// </summary>
internal sealed class PropertyRegistry(DuckDbConnection connection)
{
    /// <summary>Events of the hours that are read in one transaction, about.</summary>
    private const long Batch = 2_000_000;

    /// <summary>The hours of the ledger. A read of one is good while its content and the number of its rows are the same.</summary>
    private const string Loaded = """
        SELECT project, hour, fingerprint, rows FROM waveguide.hours
        WHERE table_name = 'events' AND fingerprint IS NOT NULL
        """;

    /// <summary>What <see cref="PropertySql.Types"/> counts, a row for each property.</summary>
    public const string View = """
        CREATE VIEW waveguide.properties AS
        SELECT project, kind, event_type, property, min(first_hour) AS first_hour, max(last_hour) AS last_hour,
            list(type ORDER BY first_hour, type) AS types, sum(count)::BIGINT AS count
        FROM waveguide.property_types WHERE property IS NOT NULL GROUP BY ALL;
        """;

    private const string Tables = $"""
        CREATE TABLE waveguide.property_reads (
            project VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, fingerprint VARCHAR NOT NULL, rows BIGINT NOT NULL
        );
        CREATE TABLE waveguide.property_hours (
            project VARCHAR NOT NULL, hour TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, event_type VARCHAR,
            property VARCHAR, type VARCHAR, count BIGINT NOT NULL
        );
        CREATE TABLE waveguide.property_types (
            project VARCHAR NOT NULL, kind VARCHAR NOT NULL, event_type VARCHAR, property VARCHAR, type VARCHAR,
            first_hour TIMESTAMP NOT NULL, last_hour TIMESTAMP NOT NULL, count BIGINT NOT NULL
        );
        {View}
        """;

    /// <summary>Makes its tables.</summary>
    public void Ensure(CancellationToken cancellationToken)
    {
        if (!Layout.Exists(connection, "waveguide", "property_reads"))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Tables, cancellationToken);
            transaction.Commit();
        }
    }

    /// <summary>Whether there are hours to read, or to take away.</summary>
    public bool IsBehind(CancellationToken cancellationToken)
    {
        var behind = connection.Scalar(
            $"""
            SELECT count(*) FROM (
                (({Loaded}) EXCEPT FROM waveguide.property_reads) UNION ALL (FROM waveguide.property_reads EXCEPT {Loaded})
            )
            """,
            cancellationToken
        );
        return behind is > 0L;
    }

    /// <summary>Reads the hours that are new, or other than when they were read: some at a time, each time in one transaction.</summary>
    public void CatchUp(CancellationToken cancellationToken)
    {
        do
        {
            ReadSome(cancellationToken);
        } while (IsBehind(cancellationToken));
    }

    private void ReadSome(CancellationToken cancellationToken)
    {
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE stale AS FROM waveguide.property_reads EXCEPT {Loaded};
            CREATE OR REPLACE TEMP TABLE unread AS
            SELECT project, hour, fingerprint, rows
            FROM (({Loaded}) EXCEPT FROM waveguide.property_reads)
            QUALIFY sum(rows) OVER (ORDER BY hour, project ROWS UNBOUNDED PRECEDING) - rows < {Batch}
            """,
            cancellationToken
        );
        using var transaction = connection.BeginTransaction();
        var removed = connection.Execute(
            "DELETE FROM waveguide.property_reads WHERE (project, hour) IN (SELECT (project, hour) FROM stale)",
            cancellationToken
        );
        if (removed > 0)
        {
            connection.Execute(
                "DELETE FROM waveguide.property_hours WHERE (project, hour) IN (SELECT (project, hour) FROM stale)",
                cancellationToken
            );
        }

        var read = connection.Execute("INSERT INTO waveguide.property_reads FROM unread", cancellationToken);
        if (read > 0)
        {
            connection.Execute(
                $"""
                INSERT INTO waveguide.property_hours
                WITH events AS NOT MATERIALIZED (
                    FROM amplitude.events SEMI JOIN unread
                        ON unread.project = _project AND unread.hour = _upload_hour
                )
                FROM ({PropertySql.Hours("events")})
                """,
                cancellationToken
            );
        }

        SumUp(hasLess: removed > 0, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
    }

    /// <param name="hasLess">Whether counts were taken away, so that first and last hours may be others.</param>
    private void SumUp(bool hasLess, CancellationToken cancellationToken)
    {
        var sums = hasLess
            ? PropertySql.Types("waveguide.property_hours")
            : $"""
                SELECT project, kind, event_type, property, type,
                    min(first_hour) AS first_hour, max(last_hour) AS last_hour, sum(count)::BIGINT AS count
                FROM (
                    FROM waveguide.property_types UNION ALL
                    ({PropertySql.Types("(FROM waveguide.property_hours SEMI JOIN unread USING (project, hour))")})
                )
                GROUP BY ALL
                """;
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE property_sums AS {sums};
            DELETE FROM waveguide.property_types;
            INSERT INTO waveguide.property_types FROM property_sums;
            """,
            cancellationToken
        );
    }
}
