using System.Collections.Immutable;
using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;
using Waveguide.Transform;
using Waveguide.Transform.Networks;

namespace Waveguide.Tests.Transform;

/// <summary>A warehouse and Waveguide's own models on it.</summary>
internal sealed class Star(string warehouse) : IDisposable
{
    private readonly TemporaryFolder? _folder;

    private Star(TemporaryFolder folder)
        : this(folder.At("warehouse.duckdb")) => _folder = folder;

    public static Star InNewWarehouse() => new(new TemporaryFolder());

    public IReadOnlyDictionary<string, string> Variables { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whose rows land.</summary>
    public string Project { get; set; } = "web";

    /// <summary>Puts rows in place of those of an hour of 9 July 2025, as a load would.</summary>
    /// <param name="loaded">Says one load from another.</param>
    /// <param name="rows">Each as SQL, such as <c>'u1' as uuid, 5 as session_id</c>.</param>
    public async Task LandAsync(int hour, int loaded, params string[] rows)
    {
        await using var destination = Open();
        await destination.EnsureAsync(EventsTable.Definition, default);
        var at = $"TIMESTAMP '2025-07-09' + INTERVAL {hour} HOUR";
        await ExecuteAsync(
            destination,
            $"DELETE FROM amplitude.events WHERE _upload_hour = {at} AND _project = '{Project}'"
        );
        if (rows.Length == 0)
        {
            return;
        }

        var landed = rows.Select((row, line) => $"SELECT {line} AS _line, {row}");
        await ExecuteAsync(
            destination,
            $"""
            INSERT INTO amplitude.events BY NAME
            SELECT *, '{Project}' AS _project, {at} AS _upload_hour, 'part' AS _part,
                TIMESTAMP '2025-07-10' + INTERVAL {loaded} SECOND AS _loaded_at
            FROM ({string.Join(" UNION ALL BY NAME ", landed)})
            """
        );
    }

    /// <summary>Loads a set of address ranges.</summary>
    public async Task EnrichAsync(IReadOnlyList<string> files, DateOnly date)
    {
        await using var destination = Open();
        await new NetworkLoader(destination).LoadRangesAsync(files, "set", date, default);
    }

    /// <summary>Builds what needs it; every check must hold.</summary>
    public async Task<TransformReport> BuildAsync(bool fullRefresh = false, string schema = "analytics")
    {
        await using var destination = Open();
        var options = new TransformOptions
        {
            Tables = AmplitudeTables.All,
            Variables = Variables,
            FullRefresh = fullRefresh,
            Schema = schema,
        };
        var report = await new ModelRunner(destination, options, TimeProvider.System).RunAsync(null, default);
        Assert.Empty(report.Failed.Select(failed => failed.Reason.Message));
        Assert.Empty(report.Broken.Select(check => check.Check.Name));
        return report;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var destination = Open();
        await ExecuteAsync(destination, sql);
    }

    /// <summary>The rows of an answer, each as its values with a bar between.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var destination = Open();
        await using var result = await destination.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).Select(row => string.Join('|', row)).ToListAsync();
    }

    public void Dispose() => _folder?.Dispose();

    private DuckDbDestination Open() =>
        DuckDbDestination.Open(new DuckDbDestinationOptions { Path = warehouse }, TimeProvider.System);

    private static async Task ExecuteAsync(DuckDbDestination destination, string sql) =>
        await (await destination.QueryAsync(sql, [], default)).DisposeAsync();
}
