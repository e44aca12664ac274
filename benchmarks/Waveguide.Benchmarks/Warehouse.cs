using Waveguide.Amplitude;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Benchmarks;

/// <summary>The file <c>warehouse.duckdb</c> of a folder, between the calls of the program.</summary>
internal static class Warehouse
{
    public static Task<IReadOnlyList<IReadOnlyList<object?>>> RowsAsync(string folder, string sql) =>
        RunAsync(folder, readOnly: true, sql);

    /// <summary>Runs a statement on a warehouse that has the table of events, if only an empty one.</summary>
    public static Task<IReadOnlyList<IReadOnlyList<object?>>> ChangeAsync(string folder, string sql) =>
        RunAsync(folder, readOnly: false, sql);

    private static async Task<IReadOnlyList<IReadOnlyList<object?>>> RunAsync(string folder, bool readOnly, string sql)
    {
        await using var warehouse = DuckDbDestination.Open(
            new DuckDbDestinationOptions { Path = Path.Combine(folder, "warehouse.duckdb"), ReadOnly = readOnly },
            TimeProvider.System
        );
        if (!readOnly)
        {
            await warehouse.EnsureAsync(EventsTable.Definition, default);
        }

        await using var result = await warehouse.QueryAsync(sql, [], default);
        return await result.RowsAsync(default).ToListAsync();
    }
}
