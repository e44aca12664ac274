using Waveguide.Destinations.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>The view under which a table's files are read, with the columns and types that a warehouse has.</summary>
/// <param name="taken">Files that stay taken from the cache as long as the view is used.</param>
internal sealed class LakeView(LakeObjects objects, LakeEngine engine, ObjectCache cache, List<LakeFile> taken)
{
    /// <param name="ledger">The table's part of it.</param>
    public async Task<string> SqlAsync(IReadOnlyList<LakeManifest> ledger, CancellationToken cancellationToken)
    {
        var newest = ledger.MaxBy(manifest => manifest.Hours.Max(hour => hour.Record.At))!;
        var table = await TableAsync(newest.Schema!, cancellationToken);
        return $"CREATE VIEW amplitude.{Layout.Quote(table.Name)} AS {await RelationAsync(table, ledger, cancellationToken)}";
    }

    /// <summary>The table, and every line of its files that is a row, repeated ones too.</summary>
    public async Task<(Table Table, string Relation)> EveryLineAsync(
        LakeManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var table = await TableAsync(manifest.Schema!, cancellationToken);
        var everyLine = table with { Name = $"every line of {table.Name}", PrimaryKey = [] };
        return (table, await RelationAsync(everyLine, [manifest], cancellationToken));
    }

    private async Task<string> RelationAsync(
        Table table,
        IReadOnlyList<LakeManifest> ledger,
        CancellationToken cancellationToken
    )
    {
        var files = ledger
            .SelectMany(
                manifest => manifest.Hours.SelectMany(hour => hour.Files),
                (manifest, file) => (manifest.Scope.Project, File: file)
            )
            .OrderBy(one => one.Project, StringComparer.Ordinal)
            .ThenBy(one => one.File.Hour)
            .ThenBy(one => one.File.Part, StringComparer.Ordinal)
            .ToList();
        var parquet = files.Where(one => one.File.Format == LakeFormat.Parquet.Name()).ToList();
        engine.Files.Set(new LakeRelation(table, [.. files.Except(parquet)], cache.Take, cache.Release));
        var relations = new List<string> { $"FROM waveguide_lake({Layout.Text(table.Name)})" };
        foreach (var group in parquet.GroupBy(one => one.File.Schema, one => one.File, StringComparer.Ordinal))
        {
            var paths = await cache.TakeAllAsync([.. group], taken, cancellationToken);
            relations.Add(Parquet(paths, await TableAsync(group.Key, cancellationToken), table));
        }

        return string.Join(" UNION ALL BY NAME ", relations);
    }

    private async Task<Table> TableAsync(string schema, CancellationToken cancellationToken) =>
        await objects.ReadAsync<Table>(schema, cancellationToken)
        ?? throw new DestinationException(
            $"{objects.Store.Address}: {schema} is not there, though the ledger names it."
        )
        {
            Hint = "Bring the object back from a copy: it describes the columns of files.",
        };

    /// <param name="written">The table as it was when the files were written.</param>
    /// <param name="table">The table as it is now.</param>
    private static string Parquet(IEnumerable<string> paths, Table written, Table table)
    {
        var there = LandedColumns.Of(written).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = LandedColumns
            .Of(table)
            .Select(column =>
                $"{(there.Contains(column.Name) ? Layout.Quote(column.Name) : "NULL")}::{Layout.Sql(column.Type)} AS {Layout.Quote(column.Name)}"
            );
        return $"SELECT {string.Join(", ", columns)} FROM read_parquet([{string.Join(", ", paths.Select(Layout.Text))}], hive_partitioning = false)";
    }
}
