using System.Text.Json;
using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Properties;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// A lake as DuckDB sees it, under the names that a warehouse has: the ledger as tables, and views over the files that
/// the ledger names. They are in a file of their own, attached to be read only.
/// </summary>
internal sealed class LakeCatalog(LakeObjects objects, LakeEngine engine, ObjectCache cache) : IDisposable
{
    private const string Quarantine = "quarantine";
    private const string Erased = "erased";
    private const string Properties = "waveguide.propert";
    private const string Events = "events";

    /// <summary>The registry that a warehouse keeps, counted whenever it is read.</summary>
    private static readonly string PropertiesSql = $"""
        CREATE VIEW waveguide.property_hours AS {PropertySql.Hours("amplitude.events")};
        CREATE VIEW waveguide.property_types AS {PropertySql.Types("waveguide.property_hours")};
        {PropertyRegistry.View}
        """;

    private readonly List<LakeFile> _taken = [];
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private IReadOnlyList<LakeManifest>? _ledger;
    private DuckDbConnection? _connection;

    /// <summary>A connection on which the statement finds what it names. Only what is named is fetched.</summary>
    /// <exception cref="DestinationException">The store cannot be read, or is damaged.</exception>
    public async Task<DuckDbConnection> OpenAsync(string sql, CancellationToken cancellationToken)
    {
        _ledger ??= await objects.ReadAllAsync<LakeManifest>(LakeScope.Ledger, cancellationToken);
        var tables = _ledger.ToLookup(manifest => manifest.Scope.Table, StringComparer.Ordinal);
        var named = tables
            .Select(table => table.Key)
            .Append(Quarantine)
            .Append(Erased)
            .Append(Properties)
            .Where(name => sql.Contains(name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (named.Contains(Properties))
        {
            named.Add(Events);
        }

        if (_connection is not null && named.TrueForAll(_shown.Contains))
        {
            return _connection;
        }

        _shown.UnionWith(named);
        var statements = new List<string> { HoursSql(_ledger) };
        if (_shown.Contains(Quarantine))
        {
            statements.Add(await QuarantineSqlAsync(_ledger, cancellationToken));
        }

        if (_shown.Contains(Erased))
        {
            statements.Add(await ErasedSqlAsync(cancellationToken));
        }

        foreach (var table in tables.Where(table => _shown.Contains(table.Key)))
        {
            statements.Add(await new LakeView(objects, engine, cache, _taken).SqlAsync([.. table], cancellationToken));
        }

        if (_shown.Contains(Properties) && tables.Contains(Events))
        {
            statements.Add(PropertiesSql);
        }

        Close();
        return _connection = await Task.Run(() => Make(statements), cancellationToken);
    }

    public void Dispose()
    {
        Close();
        _taken.ForEach(cache.Release);
    }

    private DuckDbConnection Make(IEnumerable<string> statements)
    {
        var path = engine.NewPath();
        var connection = engine.Connect();
        try
        {
            connection.Execute($"ATTACH '{path}' AS warehouse; USE warehouse;");
            Layout.Ensure(connection, objects.Store.Address);
            foreach (var statement in statements.Where(statement => statement.Length > 0))
            {
                connection.Execute(statement);
            }

            connection.Execute(
                $"USE memory; DETACH warehouse; ATTACH '{path}' AS warehouse (READ_ONLY); USE warehouse;"
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string HoursSql(IEnumerable<LakeManifest> ledger)
    {
        var path = engine.NewPath();
        using (var lines = new StreamWriter(path))
        {
            foreach (var manifest in ledger)
            {
                foreach (var hour in manifest.Hours)
                {
                    lines.WriteLine(JsonSerializer.Serialize(Row(manifest.Scope, hour), LakeText.Json));
                }
            }
        }

        return $"INSERT INTO waveguide.hours BY NAME FROM read_json('{path}', format = 'newline_delimited', columns = {LakeRow.Columns})";
    }

    private static LakeRow Row(LakeScope scope, LakeHour hour) =>
        new(
            scope.Project,
            scope.Table,
            hour.Record.Hour.Start,
            hour.Record.State,
            hour.Record.Tally.Rows,
            hour.Record.Tally.Rejected,
            hour.Record.Tally.Repaired,
            hour.Record.Tally.Duplicates,
            hour.Record.Tally.Bytes,
            hour.Record.Fingerprint,
            hour.Parts,
            hour.Record.Window,
            hour.Record.Reason,
            hour.ToolVersion,
            hour.Record.At.UtcDateTime
        );

    private async Task<string> QuarantineSqlAsync(IEnumerable<LakeManifest> ledger, CancellationToken cancellationToken)
    {
        var files = ledger.SelectMany(manifest => manifest.Hours).SelectMany(hour => hour.Quarantine);
        return await LinesAsync(files, cache, _taken, cancellationToken) is { } lines
            ? $"INSERT INTO waveguide.quarantine BY NAME {lines}"
            : string.Empty;
    }

    /// <summary>Selects the lines that were put aside into these files; null if there are no files.</summary>
    /// <param name="taken">The files are added to it, to be released in the end.</param>
    public static async Task<string?> LinesAsync(
        IEnumerable<LakeFile> files,
        ObjectCache cache,
        List<LakeFile> taken,
        CancellationToken cancellationToken
    )
    {
        var paths = await cache.TakeAllAsync([.. files], taken, cancellationToken);
        return paths.Count == 0
            ? null
            : $$"""
                SELECT * REPLACE (from_base64(raw) AS raw)
                FROM read_json([{{string.Join(
                    ", ",
                    paths.Select(Layout.Text)
                )}}], format = 'newline_delimited', columns = {
                    project: 'VARCHAR', table_name: 'VARCHAR', upload_hour: 'TIMESTAMP', part: 'VARCHAR', line: 'BIGINT',
                    byte_offset: 'BIGINT', reason: 'VARCHAR', raw: 'VARCHAR', loaded_at: 'TIMESTAMP' })
                """;
    }

    private async Task<string> ErasedSqlAsync(CancellationToken cancellationToken)
    {
        var erased = await LakeErased.ReadAsync(objects, cancellationToken);
        var rows = erased.Users.Select(user =>
            $"({Layout.Text(user.Project)}, {user.AmplitudeId}, TIMESTAMP '{user.ErasedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}', {user.Rows})"
        );
        return erased.Users.Count == 0
            ? string.Empty
            : $"INSERT INTO waveguide.erased VALUES {string.Join(", ", rows)}";
    }

    private void Close()
    {
        if (_connection is null)
        {
            return;
        }

        _connection.Execute("USE memory; DETACH warehouse;");
        _connection.Dispose();
        _connection = null;
    }
}

/// <summary>A row of <c>waveguide.hours</c>.</summary>
internal sealed record LakeRow(
    string Project,
    string TableName,
    DateTime Hour,
    HourState State,
    long Rows,
    long Rejected,
    long Repaired,
    long Duplicates,
    long Bytes,
    string? Fingerprint,
    IReadOnlyList<LakePart> Parts,
    int WindowHours,
    string? Reason,
    string ToolVersion,
    DateTime LoadedAt
)
{
    public const string Columns = """
        {project: 'VARCHAR', table_name: 'VARCHAR', hour: 'TIMESTAMP', state: 'VARCHAR', rows: 'BIGINT',
        rejected: 'BIGINT', repaired: 'BIGINT', duplicates: 'BIGINT', bytes: 'BIGINT', fingerprint: 'VARCHAR',
        parts: 'JSON', window_hours: 'INTEGER', reason: 'VARCHAR', tool_version: 'VARCHAR', loaded_at: 'TIMESTAMP'}
        """;
}
