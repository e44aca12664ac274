using Waveguide.Destinations.DuckDb;

namespace Waveguide.Transform;

/// <summary>Makes one model's table or view; belongs into a transaction.</summary>
/// <param name="isView">What had the model's name before, as <see cref="BuiltModels.IsView"/> has it.</param>
internal sealed class ModelBuild(Warehouse warehouse, PreparedModel prepared, string schema, bool? isView)
{
    private const string EventKey = "event_key";

    /// <summary>Columns of Waveguide's models whose texts seldom repeat where a row is a session or a person.</summary>
    private static readonly string[] OtherKeys =
    [
        "address_key",
        "device_id",
        "identity_key",
        "ip_address",
        "last_place",
        "session_group",
        "session_key",
        "user_key",
    ];

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
        var becomesView = prepared.Model.Materialisation == Materialisation.View;
        if (isView == !becomesView)
        {
            await warehouse.ExecuteAsync($"DROP {Kind(isView.Value)} {_relation}", cancellationToken);
        }

        if (prepared.Model.Materialisation == Materialisation.Incremental)
        {
            await MakeEmptyAsync(sql, cancellationToken);
            await warehouse.ExecuteAsync($"INSERT INTO {_relation} BY NAME\n{sql}", cancellationToken);
            return;
        }

        await warehouse.ExecuteAsync($"CREATE OR REPLACE {Kind(becomesView)} {_relation} AS\n{sql}", cancellationToken);
    }

    /// <summary>
    /// The table, with keys as they are that no other row is likely to have: to look for what repeats in them, DuckDB takes
    /// as long as for the rest of the build, and longer to read them. Beside the key of an event, the others do repeat.
    /// </summary>
    private async Task MakeEmptyAsync(string sql, CancellationToken cancellationToken)
    {
        var columns = await warehouse.RowsAsync($"DESCRIBE\n{sql}", [], cancellationToken);
        var names = columns.Select(column => (string)column[0]!).ToList();
        var unlike = names.Contains(EventKey) ? [EventKey] : OtherKeys;
        var definitions = columns.Zip(
            names,
            (column, name) =>
                $"{Layout.Quote(name)} {column[1]}" + (unlike.Contains(name) ? " USING COMPRESSION uncompressed" : "")
        );
        await warehouse.ExecuteAsync(
            $"CREATE OR REPLACE TABLE {_relation} ({string.Join(", ", definitions)})",
            cancellationToken
        );
    }

    private static string Kind(bool isView) => isView ? "VIEW" : "TABLE";

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
