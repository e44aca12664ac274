using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Transform;

namespace Waveguide.Tests.Transform;

/// <summary>A folder of models and a warehouse to run them on.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Workshop()
    {
        With(
            "dbt_project.yml",
            """
            name: shop
            model-paths: [models]
            vars:
              least: 1
              word: it
            """
        );
        With("models/_sources.yml", "sources: [{name: amplitude, tables: [{name: events}]}]");
    }

    public string Folder => _folder.At("project");

    public string Warehouse => _folder.At("warehouse.duckdb");

    public List<TransformEvent> Heard { get; } = [];

    public TransformOptions Options { get; set; } = new() { Tables = AmplitudeTables.All };

    /// <summary>Told of each event as it happens.</summary>
    public Action<TransformEvent> Watch { get; set; } = _ => { };

    public Workshop With(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    /// <summary>Puts rows in place of those of an hour of 1 July 2025, as a load would.</summary>
    /// <param name="loaded">Says one load from another.</param>
    /// <param name="rows">Device and number of the event, such as <c>a1</c>.</param>
    public async Task<Workshop> LandAsync(int hour, int loaded, params string[] rows)
    {
        await using var warehouse = Open();
        await warehouse.EnsureAsync(EventsTable.Definition, default);
        var at = $"TIMESTAMP '2025-07-01' + INTERVAL {hour} HOUR";
        await ExecuteAsync(warehouse, $"DELETE FROM amplitude.events WHERE _upload_hour = {at}");
        foreach (var row in rows)
        {
            await ExecuteAsync(
                warehouse,
                $"""
                INSERT INTO amplitude.events BY NAME SELECT '{row}' AS uuid, '{row[0]}' AS device_id, {row[
                    1..
                ]} AS session_id,
                    'web' AS _project, {at} AS _upload_hour, TIMESTAMP '2025-07-02' + INTERVAL {loaded} SECOND AS _loaded_at
                """
            );
        }

        return this;
    }

    public async Task<TransformReport> RunAsync(CancellationToken cancellationToken = default)
    {
        Heard.Clear();
        await using var warehouse = Open();
        var runner = new ModelRunner(warehouse, Options with { Folder = Folder }, TimeProvider.System);
        return await runner.RunAsync(new Listener(this), cancellationToken);
    }

    /// <summary>The rows of an answer, each as its values with a blank between.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var warehouse = Open();
        await using var result = await warehouse.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => string.Join(' ', row)).ToListAsync();
    }

    public void Dispose() => _folder.Dispose();

    private DuckDbDestination Open() =>
        DuckDbDestination.Open(new DuckDbDestinationOptions { Path = Warehouse }, TimeProvider.System);

    private static async Task ExecuteAsync(DuckDbDestination warehouse, string sql) =>
        await (await warehouse.QueryAsync(sql, [], default)).DisposeAsync();

    private sealed class Listener(Workshop shop) : IProgress<TransformEvent>
    {
        public void Report(TransformEvent value)
        {
            shop.Heard.Add(value);
            shop.Watch(value);
        }
    }
}
