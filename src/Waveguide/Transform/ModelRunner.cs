using Waveguide.Destinations.DuckDb;
using Waveguide.Transform.Project;

namespace Waveguide.Transform;

/// <summary>
/// Brings models up to date with the landed tables: each in a transaction of its own, those first that others read, and
/// none that has nothing new to read.
/// </summary>
public sealed class ModelRunner
{
    private readonly DuckDbDestination _destination;
    private readonly TransformOptions _options;
    private readonly TimeProvider _clock;
    private readonly ModelRenderer _renderer;
    private readonly Dictionary<string, PreparedModel> _models;
    private readonly IReadOnlyList<Model> _chosen;
    private readonly IReadOnlyList<Check> _checks;

    /// <exception cref="ConfigurationException">The models cannot be read, or what was asked of them is not there.</exception>
    public ModelRunner(DuckDbDestination destination, TransformOptions options, TimeProvider clock)
    {
        (_destination, _options, _clock) = (destination, options, clock);
        var project = ModelProject.Read(ProjectFiles.Read(options.Folder));
        Variables = ProjectVariables.Apply(project.Variables, WithFunction(options, project.Variables));
        _renderer = new ModelRenderer(project, Dialect.DuckDb, Variables, options.Schema);
        _models = project
            .Models.Select(file => PreparedModel.Of(file, _renderer))
            .ToDictionary(model => model.Model.Name, StringComparer.Ordinal);
        _chosen = new ModelGraph(_models.Values.Select(model => model.Model)).Select(options.Select);
        _checks = new CheckSql(project, _renderer).All();
    }

    /// <summary>The variables of the models with the values that hold in this run.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; }

    /// <summary>Builds what needs it, and then checks what was built.</summary>
    /// <exception cref="DestinationException">The warehouse cannot be used at all.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every model is whole, as it was or as it will be.</exception>
    public async Task<TransformReport> RunAsync(
        IProgress<TransformEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        using var lanes = new Lanes(_destination);
        var listener = new InTurn<TransformEvent>(progress);
        var before = await lanes.RunAsync(
            alone: true,
            warehouse => PrepareAsync(warehouse, cancellationToken),
            cancellationToken
        );
        var run = new BuildRun(lanes, _options, _clock, before, listener);
        var outcomes = await run.BuildAsync([.. _chosen.Select(model => _models[model.Name])], cancellationToken);
        var built = outcomes.OfType<TransformEvent.Built>().ToList();
        var touched = built.Select(model => model.Model.Name).ToHashSet(StringComparer.Ordinal);
        var there = _chosen.Select(model => model.Name).Except(run.Missing).ToHashSet(StringComparer.Ordinal);
        var due = _checks.Where(check => check.Models.Any(touched.Contains) && check.Models.All(there.Contains));
        var results = await Task.WhenAll(due.Select(check => CheckAsync(lanes, check, listener, cancellationToken)));
        return new TransformReport(
            built,
            _chosen.Count - outcomes.Count,
            [.. outcomes.OfType<TransformEvent.Failed>()],
            [.. outcomes.OfType<TransformEvent.Skipped>()],
            results
        );
    }

    /// <summary>A project of one's own need not know of the function.</summary>
    private static IReadOnlyDictionary<string, string> WithFunction(
        TransformOptions options,
        IReadOnlyDictionary<string, object?> known
    ) =>
        options.Key is { } key && known.ContainsKey(HashFunction.Variable)
            ? new Dictionary<string, string>(options.Variables, StringComparer.Ordinal)
            {
                [HashFunction.Variable] = new HashFunction(key).Name,
            }
            : options.Variables;

    private async Task<BuiltModels> PrepareAsync(Warehouse warehouse, CancellationToken cancellationToken)
    {
        await _destination.ExpectManyStatementsAsync();
        if (_options.Key is { } key)
        {
            await _destination.RegisterAsync(new HashFunction(key));
        }

        await warehouse.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {_options.Schema}", cancellationToken);
        var sources = _models.Values.SelectMany(model => model.Model.Sources).ToHashSet(StringComparer.Ordinal);
        foreach (var table in _options.Tables.Where(table => sources.Contains($"amplitude.{table.Name}")))
        {
            await _destination.EnsureAsync(table, cancellationToken);
        }

        foreach (var statement in _renderer.Start())
        {
            await warehouse.ExecuteAsync(statement, cancellationToken);
        }

        return await BuiltModels.ReadAsync(warehouse, _options.Schema, cancellationToken);
    }

    private async Task<TransformEvent.Checked> CheckAsync(
        Lanes lanes,
        Check check,
        InTurn<TransformEvent> listener,
        CancellationToken cancellationToken
    )
    {
        var result = await lanes.RunAsync(
            alone: false,
            async warehouse =>
            {
                var started = _clock.GetTimestamp();
                var failing = await warehouse.ScalarAsync(
                    $"SELECT count(*) FROM (\n{check.Sql}\n) AS failing",
                    cancellationToken
                );
                return new TransformEvent.Checked(check, (long)failing!, _clock.GetElapsedTime(started));
            },
            cancellationToken
        );
        listener.Report(result);
        return result;
    }
}
