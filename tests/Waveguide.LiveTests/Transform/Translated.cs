using System.Text.Json;
using Waveguide.DuckDb;
using Waveguide.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>
/// Stands in for an engine that cannot be had here: its SQL is parsed in its own dialect, translated by a program that is
/// not ours, and run on a DuckDB of its own, where objects are a VARIANT as they are there.
/// </summary>
internal sealed class Translated : IEngine
{
    /// <summary>What begins a statement that is in DuckDB's words already.</summary>
    private const string Plain = "/* duckdb */ ";

    /// <summary>What the translator leaves as it is and DuckDB does not know, or knows by another meaning.</summary>
    private static readonly string[] Words =
    [
        "create type timestampntz as timestamp",
        "create macro sha2(x, bits) as sha256(x)",
        "create macro sha2_binary(x, bits) as unhex(sha256(x))",
        "create macro to_binary(x, form) as case form when 'HEX' then unhex(x) else system.main.encode(x) end",
        "create macro encode(x, form) as system.main.encode(x)",
        "create macro unix_millis(t) as epoch_ms(t)",
        // Databricks' || comes as concat, which in DuckDB passes over nulls.
        "create macro concat (a, b) as a || b, (a, b, c) as a || b || c",
    ];

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(new DuckDbOptions());
    private readonly DuckDbConnection _connection;
    private readonly Dictionary<string, string> _translations = new(StringComparer.Ordinal);

    public Translated(Dialect dialect)
    {
        Dialect = dialect;
        _connection = _database.Connect();
        foreach (var statement in Words.Prepend("set TimeZone = 'UTC'"))
        {
            _connection.Execute(statement);
        }
    }

    public Dialect Dialect { get; }

    public string Format => "parquet";

    public async Task ExecuteAsync(IEnumerable<string> statements)
    {
        var asked = statements.ToList();
        await TranslateAsync([.. asked.Where(sql => !IsPlain(sql) && !_translations.ContainsKey(sql)).Distinct()]);
        foreach (var sql in asked.Select(sql => IsPlain(sql) ? sql : _translations[sql]))
        {
            try
            {
                _connection.Execute(sql);
            }
            catch (DuckDbException problem)
            {
                Assert.Fail($"{problem.Message}\n{sql}");
            }
        }
    }

    public string CreateTable(string relation, string query) => $"create table {relation} as {query}";

    public string Drop(string kind, string relation) => $"drop {kind} if exists {relation}";

    public string Load(string relation, IReadOnlyList<string> columns, string file) =>
        $"{Plain}insert into {relation} by name from read_parquet('{file}')";

    /// <summary>A VARIANT is written as JSON, for there are none in Parquet whose keys differ by case alone.</summary>
    public string Save(string relation, string file)
    {
        using var columns = _connection.Query($"select column_name, column_type from (describe {relation})");
        var values = columns.Rows().Select(row => row[1] is "VARIANT" ? $"cast({row[0]} as json) as {row[0]}" : row[0]);
        return $"{Plain}copy (select {string.Join(", ", values)} from {relation}) to '{file}' (format parquet)";
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TranslateAsync(IReadOnlyList<string> statements)
    {
        var script = Readers.Find("translate.mjs", "@polyglot-sql/sdk");
        var answer = await Command.RunAsync(["node", script, Dialect.Name], JsonSerializer.Serialize(statements));
        foreach (var (sql, translation) in statements.Zip(JsonSerializer.Deserialize<string[]>(answer)!))
        {
            _translations[sql] = translation;
        }
    }

    private static bool IsPlain(string statement) => statement.StartsWith(Plain, StringComparison.Ordinal);
}
