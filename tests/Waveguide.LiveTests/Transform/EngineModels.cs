using Waveguide.Tests.Transform;
using Waveguide.Transform;
using Waveguide.Transform.Project;
using Waveguide.Transform.Templates;

namespace Waveguide.LiveTests.Transform;

/// <summary>Waveguide's own models on another engine, run as dbt runs them: every model in every run.</summary>
internal sealed class EngineModels
{
    private const string Schema = "analytics";

    private readonly IEngine _engine;
    private readonly Star _star;
    private readonly string _folder;
    private readonly ModelRenderer _renderer;
    private readonly IReadOnlyList<Check> _checks;
    private readonly IReadOnlyList<PreparedModel> _models;
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private bool _isBuilt;

    /// <param name="folder">For files that go from one engine to the other.</param>
    public EngineModels(IEngine engine, Star star, string folder)
    {
        (_engine, _star, _folder) = (engine, star, folder);
        var project = ModelProject.Read(ProjectFiles.Read(null));
        var variables = ProjectVariables.Apply(project.Variables, star.Variables);
        _renderer = new ModelRenderer(project, engine.Dialect, variables, Schema);
        _checks = new CheckSql(project, _renderer).All();
        var models = project.Models.Select(file => PreparedModel.Of(file, _renderer)).ToList();
        var graph = new ModelGraph(models.Select(model => model.Model));
        _models = [.. graph.Ordered.Select(model => models.Single(prepared => prepared.Model == model))];
    }

    /// <summary>Puts all rows that have landed in DuckDB in the place of those of the engine.</summary>
    public async Task LandAsync()
    {
        var statements = new List<string> { Call("create_schema_if_missing", Schema) };
        statements.AddRange(_renderer.Start());
        var landed = _models
            .SelectMany(model => model.Model.Sources)
            .Distinct()
            .Where(source => !source.StartsWith($"{Schema}.", StringComparison.Ordinal));
        foreach (var relation in landed)
        {
            var columns = await ColumnsAsync(relation);
            _objects.UnionWith(columns.Where(column => column.Type == "JSON").Select(column => column.Name));
            var types = columns.Select(column => $"{column.Name} {Word(column.Type)}");
            var file = Path.Combine(_folder, $"{relation}.{_engine.Format}");
            await _star.ExecuteAsync(
                $"COPY {relation} TO '{file}' ({(_engine.Format == "csv" ? "FORMAT csv, HEADER" : "FORMAT parquet")})"
            );
            statements.Add(_engine.Drop("table", relation));
            statements.Add(Call("create_if_missing", relation, string.Join(", ", types)));
            statements.Add(_engine.Load(relation, [.. columns.Select(column => column.Name)], file));
        }

        await _engine.ExecuteAsync(statements);
    }

    public async Task BuildAsync()
    {
        await _engine.ExecuteAsync(_models.SelectMany(Statements));
        _isBuilt = true;
    }

    /// <returns>Models with rows that only one of the two engines has.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        var names = _models.Select(model => model.Model.Name).ToList();
        await _engine.ExecuteAsync(names.Select(name => _engine.Save($"{Schema}.{name}", FileOf(name))));
        var counts = new List<string>();
        foreach (var name in names)
        {
            var columns = await ColumnsAsync($"{Schema}.{name}");
            var ours = Comparable(columns, column => column.Name);
            var theirs = Comparable(columns, column => $"CAST({column.Name} AS {column.Type})");
            counts.Add(
                $"""
                SELECT '{name}', (SELECT count(*) FROM (SELECT {theirs} FROM {Read(
                    FileOf(name)
                )} EXCEPT ALL SELECT {ours} FROM {Schema}.{name})) AS extra,
                    (SELECT count(*) FROM (SELECT {ours} FROM {Schema}.{name} EXCEPT ALL SELECT {theirs} FROM {Read(
                    FileOf(name)
                )})) AS missing
                """
            );
        }

        return await _star.QueryAsync(
            $"FROM ({string.Join(" UNION ALL ", counts)}) WHERE extra <> 0 OR missing <> 0 ORDER BY ALL"
        );
    }

    /// <returns>The project's checks that some row of the engine breaks.</returns>
    /// <param name="more">Further checks: a name, and a query that finds what breaks it.</param>
    public async Task<IReadOnlyList<string>> BrokenAsync(params (string Name, string Sql)[] more)
    {
        const string Table = $"{Schema}.checked";
        var counts = _checks
            .Select(check => (check.Name, Sql: AsDbtHasIt(check)))
            .Concat(more)
            .Select(check => $"select '{check.Name}' as name, count(*) as failing from ({check.Sql}) as failed");
        await _engine.ExecuteAsync([
            _engine.Drop("table", Table),
            _engine.CreateTable(Table, string.Join("\nunion all\n", counts)),
        ]);
        await _engine.ExecuteAsync([_engine.Save(Table, FileOf("checked"))]);
        return await _star.QueryAsync($"SELECT name FROM {Read(FileOf("checked"))} WHERE failing::BIGINT <> 0");
    }

    /// <summary>Ours of uniqueness asks for hashes in DuckDB's words.</summary>
    private static string AsDbtHasIt(Check check) =>
        check.Name.Split('(', '.', ')') is ["unique", var model, var column, ..]
            ? $"select {column} from {Schema}.{model} where {column} is not null group by {column} having count(*) > 1"
            : check.Sql;

    /// <returns>Models without a row, of which nothing can be told.</returns>
    public Task<IReadOnlyList<string>> EmptyAsync()
    {
        var counts = _models.Select(model =>
            $"SELECT '{model.Model.Name}' AS name, count(*) AS rows FROM {Schema}.{model.Model.Name}"
        );
        return _star.QueryAsync($"SELECT name FROM ({string.Join(" UNION ALL ", counts)}) WHERE rows = 0");
    }

    private IEnumerable<string> Statements(PreparedModel model)
    {
        var relation = _renderer.Relation(model.Model.Name);
        Assert.Empty(model.Whole.After);
        return model.Model.Materialisation switch
        {
            Materialisation.View => [_engine.Drop("view", relation), $"create view {relation} as {model.Whole.Sql}"],
            Materialisation.Incremental when _isBuilt =>
            [
                .. model.Touched.Before,
                $"insert into {relation} {model.Touched.Sql}",
            ],
            _ =>
            [
                .. model.Whole.Before,
                _engine.Drop("table", relation),
                _engine.CreateTable(relation, model.Whole.Sql),
            ],
        };
    }

    private string Call(string macro, params object?[] arguments) =>
        _renderer.Call(macro, new CallArguments(arguments, [], new Place("test", 1)));

    private async Task<IReadOnlyList<(string Name, string Type)>> ColumnsAsync(string relation)
    {
        var name = relation.Split('.');
        var columns = await _star.QueryAsync(
            $"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '{name[0]}' AND table_name = '{name[1]}' ORDER BY ordinal_position"
        );
        return [.. columns.Select(column => column.Split('|')).Select(column => (column[0], column[1]))];
    }

    private string FileOf(string model) => Path.Combine(_folder, $"{model}.{_engine.Format}");

    private string Read(string file) =>
        _engine.Format == "csv"
            ? $"read_csv('{file}', delim = ',', quote = '\"', escape = '\"', header = true, all_varchar = true, allow_quoted_nulls = false)"
            : $"read_parquet('{file}')";

    /// <summary>Engines add the same numbers in another order, and write objects in another form.</summary>
    private string Comparable(
        IEnumerable<(string Name, string Type)> columns,
        Func<(string Name, string Type), string> value
    ) =>
        string.Join(
            ", ",
            columns.Select(column =>
                _objects.Contains(column.Name) ? $"{value(column)}::JSON::VARIANT::JSON::VARCHAR"
                : column.Type == "DOUBLE" ? $"round({value(column)}, 6)"
                : value(column)
            )
        );

    /// <summary>What the models' macro <c>type_name</c> calls DuckDB's type.</summary>
    private static string Word(string type) => type == "VARCHAR" ? "text" : type.ToLowerInvariant();
}
