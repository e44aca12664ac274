using System.Collections.Concurrent;

namespace Waveguide.Transform;

/// <summary>Builds models, each after all that it reads, and knows what came of them.</summary>
internal sealed class BuildRun(
    Lanes lanes,
    TransformOptions options,
    TimeProvider clock,
    BuiltModels built,
    IProgress<TransformEvent> progress
)
{
    private readonly SourceStates _sources = new(lanes, options.Tables);
    private readonly ConcurrentDictionary<string, TransformEvent> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Model> _missing = new(StringComparer.Ordinal);

    /// <summary>Models that are not what they should be.</summary>
    public IEnumerable<string> Missing => _missing.Keys;

    /// <param name="models">Each behind all that it reads.</param>
    /// <returns>What happened, in the order of the models; nothing for those that were up to date.</returns>
    public async Task<IReadOnlyList<TransformEvent>> BuildAsync(
        IReadOnlyList<PreparedModel> models,
        CancellationToken cancellationToken
    )
    {
        var builds = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var prepared in models)
        {
            var inputs = prepared.Model.Inputs.Select(input => builds[input]).ToList();
            builds[prepared.Model.Name] = BuildBehindAsync(inputs, prepared, cancellationToken);
        }

        await Task.WhenAll(builds.Values);
        return [.. models.Select(model => _outcomes.GetValueOrDefault(model.Model.Name)).OfType<TransformEvent>()];
    }

    private async Task BuildBehindAsync(
        IReadOnlyList<Task> inputs,
        PreparedModel prepared,
        CancellationToken cancellationToken
    )
    {
        await Task.WhenAll(inputs);
        var model = prepared.Model;
        if (model.Inputs.FirstOrDefault(_missing.ContainsKey) is { } input)
        {
            _missing[model.Name] = _missing[input];
            Tell(model, new TransformEvent.Skipped(model, _missing[input]));
            return;
        }

        try
        {
            await TryBuildAsync(prepared, cancellationToken);
        }
        catch (DestinationException reason)
        {
            _missing[model.Name] = model;
            Tell(model, new TransformEvent.Failed(model, reason));
        }
    }

    private async Task TryBuildAsync(PreparedModel prepared, CancellationToken cancellationToken)
    {
        var wanted = await WantedAsync(prepared, cancellationToken);
        var before = options.FullRefresh ? null : built[wanted.Name];
        if (before == wanted)
        {
            return;
        }

        var isKnown = before?.Lineage == wanted.Lineage;
        var kind =
            isKnown && prepared.Model.Materialisation == Materialisation.Incremental
                ? BuildKind.Touched
                : BuildKind.Whole;
        var result = await lanes.RunAsync(
            alone: !isKnown,
            warehouse => BuildAsync(warehouse, prepared, wanted, kind, cancellationToken),
            cancellationToken
        );
        built.Remember(wanted);
        Tell(prepared.Model, result);
    }

    private async Task<TransformEvent> BuildAsync(
        Warehouse warehouse,
        PreparedModel prepared,
        BuiltModel wanted,
        BuildKind kind,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        long? rows = null;
        await warehouse.TransactAsync(
            async () =>
            {
                var build = new ModelBuild(warehouse, prepared, options.Schema, built.IsView(prepared.Model.Name));
                rows = await build.RunAsync(kind, cancellationToken);
                var figures = new BuildFigures(rows, clock.GetElapsedTime(started), clock.GetUtcNow());
                await built.WriteAsync(warehouse, wanted, figures, cancellationToken);
            },
            cancellationToken
        );
        return new TransformEvent.Built(prepared.Model, kind, rows, clock.GetElapsedTime(started));
    }

    private void Tell(Model model, TransformEvent outcome)
    {
        _outcomes[model.Name] = outcome;
        progress.Report(outcome);
    }

    /// <summary>What will be written of the model when it is built of its inputs as they are now.</summary>
    private async Task<BuiltModel> WantedAsync(PreparedModel prepared, CancellationToken cancellationToken)
    {
        var lineage = new List<string> { prepared.Fingerprint() };
        var state = new List<string>();
        foreach (var input in prepared.Model.Inputs.Order(StringComparer.Ordinal))
        {
            lineage.Add(built[input]!.Lineage);
            state.Add(built[input]!.State);
        }

        foreach (var source in prepared.Model.Sources.Order(StringComparer.Ordinal).Where(IsLanded))
        {
            (_sources.IsHourly(source) ? state : lineage).Add(await _sources.OfAsync(source, cancellationToken));
        }

        var hash = PreparedModel.Hash(lineage);
        return new BuiltModel(prepared.Model.Name, hash, PreparedModel.Hash([hash, .. state]));
    }

    /// <summary>A model may read its own project as a source, to compare with the run before; that is nothing new.</summary>
    private bool IsLanded(string source) => !source.StartsWith($"{options.Schema}.", StringComparison.Ordinal);
}
