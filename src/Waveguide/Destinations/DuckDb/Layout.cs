using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.DuckDb;

/// <summary>The schemas and tables of a warehouse, and the version that tells an older Waveguide to leave it alone.</summary>
internal static class Layout
{
    private const string Ledger = """
        CREATE SCHEMA amplitude;
        CREATE SCHEMA waveguide;
        CREATE TABLE waveguide.layout (version INTEGER NOT NULL);
        CREATE TABLE waveguide.hours (
            project VARCHAR NOT NULL,
            table_name VARCHAR NOT NULL,
            hour TIMESTAMP NOT NULL,
            state VARCHAR NOT NULL,
            rows BIGINT NOT NULL,
            rejected BIGINT NOT NULL,
            repaired BIGINT NOT NULL,
            duplicates BIGINT NOT NULL,
            bytes BIGINT NOT NULL,
            fingerprint VARCHAR,
            parts JSON NOT NULL,
            window_hours INTEGER NOT NULL,
            reason VARCHAR,
            tool_version VARCHAR NOT NULL,
            loaded_at TIMESTAMP NOT NULL
        );
        CREATE TABLE waveguide.quarantine (
            project VARCHAR NOT NULL,
            table_name VARCHAR NOT NULL,
            upload_hour TIMESTAMP NOT NULL,
            part VARCHAR NOT NULL,
            line BIGINT NOT NULL,
            byte_offset BIGINT NOT NULL,
            reason VARCHAR NOT NULL,
            raw BLOB NOT NULL,
            loaded_at TIMESTAMP NOT NULL
        );
        """;

    /// <summary>Makes what is missing, in one transaction.</summary>
    /// <exception cref="DestinationException">A newer Waveguide wrote the warehouse.</exception>
    public static void Ensure(DuckDbConnection connection, string path)
    {
        var version = Find(connection, path);
        if (version == LayoutVersion.Newest)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        if (version is null)
        {
            connection.Execute(Ledger);
        }

        connection.Execute(ErasedUsers.Table);
        connection.Execute("DELETE FROM waveguide.layout");
        connection.Execute("INSERT INTO waveguide.layout VALUES ($1)", [LayoutVersion.Newest]);
        transaction.Commit();
    }

    /// <returns>The warehouse's version; null if it has no layout at all.</returns>
    /// <exception cref="DestinationException">A newer Waveguide wrote the warehouse.</exception>
    public static int? Find(DuckDbConnection connection, string path)
    {
        if (!Exists(connection, "waveguide", "layout"))
        {
            return null;
        }

        var version = Convert.ToInt32(connection.Scalar("SELECT max(version) FROM waveguide.layout"));
        LayoutVersion.ThrowIfUnknown(version, path);
        return version;
    }

    /// <summary>Makes the table, or adds the columns that it lacks.</summary>
    public static void Ensure(DuckDbConnection connection, Table table)
    {
        var columns = LandedColumns.Of(table);
        var name = $"amplitude.{Quote(table.Name)}";
        if (!Exists(connection, "amplitude", table.Name))
        {
            Create(connection, table, name);
            return;
        }

        var there = Columns(connection, table.Name);
        foreach (var (column, type) in columns.Where(column => !there.Contains(column.Name)))
        {
            connection.Execute($"ALTER TABLE {name} ADD COLUMN {Quote(column)} {Sql(type)}");
        }

        Describe(connection, table, name, there);
    }

    /// <summary>In one transaction, for each of its own would wait for the disk.</summary>
    private static void Create(DuckDbConnection connection, Table table, string name)
    {
        var distinct = table.Columns.Where(column => column.SeldomRepeats).Select(column => column.Name).ToHashSet();
        var definitions = LandedColumns
            .Of(table)
            .Select(column =>
                $"{Quote(column.Name)} {Sql(column.Type)}{(distinct.Contains(column.Name) ? Compression(column.Type) : "")}"
            );
        using var transaction = connection.BeginTransaction();
        connection.Execute($"CREATE TABLE {name} ({string.Join(", ", definitions)})");
        Describe(connection, table, name, []);
        transaction.Commit();
    }

    /// <param name="known">Columns that are described already.</param>
    private static void Describe(DuckDbConnection connection, Table table, string name, HashSet<string> known)
    {
        var own = table.Columns.Select(column => (column.Name, column.Description));
        foreach (var (column, description) in own.Concat(LandedColumns.Descriptions))
        {
            if (!known.Contains(column))
            {
                connection.Execute($"COMMENT ON COLUMN {name}.{Quote(column)} IS {Text(description)}");
            }
        }
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static bool Exists(DuckDbConnection connection, string schema, string table)
    {
        const string Sql =
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'warehouse' AND schema_name = $1 AND table_name = $2";
        using var result = connection.Query(Sql, [schema, table]);
        return result.Rows().Single()[0] is > 0L;
    }

    private static HashSet<string> Columns(DuckDbConnection connection, string table)
    {
        using var result = connection.Query(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = 'warehouse' AND schema_name = 'amplitude' AND table_name = $1",
            [table]
        );
        return [.. result.Rows().Select(row => (string)row[0]!)];
    }

    /// <summary>
    /// How values that seldom repeat are stored. By itself DuckDB tries a dictionary and a table of frequent substrings,
    /// which takes a fifth of a load's time, finds nothing in ids, and leaves JSON five times as large as zstd does.
    /// </summary>
    private static string Compression(DuckDbType type) =>
        type switch
        {
            DuckDbType.Json => " USING COMPRESSION zstd",
            DuckDbType.Varchar => " USING COMPRESSION uncompressed",
            _ => "",
        };

    public static string Sql(DuckDbType type) =>
        type switch
        {
            DuckDbType.Varchar => "VARCHAR",
            DuckDbType.BigInt => "BIGINT",
            DuckDbType.Double => "DOUBLE",
            DuckDbType.Boolean => "BOOLEAN",
            DuckDbType.Timestamp => "TIMESTAMP",
            DuckDbType.Json => "JSON",
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
}
