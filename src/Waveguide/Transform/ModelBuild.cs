namespace Waveguide.Transform;

/// <summary>Makes one model's table or view; belongs into a transaction.</summary>
internal sealed class ModelBuild(Warehouse warehouse, PreparedModel prepared, string schema)
{
    private readonly string _relation = $"{schema}.{prepared.Model.Name}";

    /// <returns>Rows that the model has now; null for a view.</returns>
    public async Task<long?> RunAsync(BuildKind kind, CancellationToken cancellationToken)
    {
        var file = kind == BuildKind.Touched ? prepared.Touched : prepared.Whole;
        await RunAllAsync(file.Before, cancellationToken);
        await (
            kind == BuildKind.Touched ? AddAsync(file.Sql, cancellationToken) : MakeAsync(file.Sql, cancellationToken)
        );
        await RunAllAsync(file.After, cancellationToken);
        return prepared.Model.Materialisation == Materialisation.View
            ? null
            : (long?)await warehouse.ScalarAsync($"SELECT count(*) FROM {_relation}", cancellationToken);
    }

    private async Task MakeAsync(string sql, CancellationToken cancellationToken)
    {
        var isView = prepared.Model.Materialisation == Materialisation.View;
        if (await warehouse.RowsAsync(Other(isView), [schema, prepared.Model.Name], cancellationToken) is [_, ..])
        {
            await warehouse.ExecuteAsync($"DROP {(isView ? "TABLE" : "VIEW")} {_relation}", cancellationToken);
        }

        await warehouse.ExecuteAsync(
            $"CREATE OR REPLACE {(isView ? "VIEW" : "TABLE")} {_relation} AS\n{sql}",
            cancellationToken
        );
    }

    /// <summary>Finds what has the model's name and is of the other kind, which cannot be replaced.</summary>
    private static string Other(bool isView) =>
        $"""
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = $1 AND table_name = $2 AND table_type {(isView ? "<>" : "=")} 'VIEW'
            """;

    private async Task AddAsync(string sql, CancellationToken cancellationToken)
    {
        if (prepared.Model.UniqueKey is not { Count: > 0 } key)
        {
            await warehouse.ExecuteAsync($"INSERT INTO {_relation} BY NAME\n{sql}", cancellationToken);
            return;
        }

        var columns = string.Join(", ", key);
        await warehouse.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE new_rows AS\n{sql}", cancellationToken);
        await warehouse.ExecuteAsync(
            $"DELETE FROM {_relation} WHERE ({columns}) IN (SELECT {columns} FROM new_rows)",
            cancellationToken
        );
        await warehouse.ExecuteAsync($"INSERT INTO {_relation} BY NAME FROM new_rows", cancellationToken);
        await warehouse.ExecuteAsync("DROP TABLE new_rows", cancellationToken);
    }

    private async Task RunAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
        {
            await warehouse.ExecuteAsync(statement, cancellationToken);
        }
    }
}
