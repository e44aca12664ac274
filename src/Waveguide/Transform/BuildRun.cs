namespace Waveguide.Transform;

/// <summary>Builds one model after the other, and knows what came of those before.</summary>
internal sealed class BuildRun(
    Warehouse warehouse,
    TransformOptions options,
    TimeProvider clock,
    BuiltModels built,
    IProgress<TransformEvent>? progress
)
{
    private readonly SourceStates _sources = new(warehouse, options.Tables);
    private readonly Dictionary<string, Model> _missing = new(StringComparer.Ordinal);

    public List<TransformEvent.Built> Built { get; } = [];

    public List<TransformEvent.Failed> Failed { get; } = [];

    public List<TransformEvent.Skipped> Skipped { get; } = [];

    /// <summary>Models that are not what they should be.</summary>
    public IEnumerable<string> Missing => _missing.Keys;

    public int UpToDate { get; private set; }

    public async Task BuildAsync(PreparedModel prepared, CancellationToken cancellationToken)
    {
        var model = prepared.Model;
        if (model.Inputs.FirstOrDefault(_missing.ContainsKey) is { } input)
        {
            _missing[model.Name] = _missing[input];
            Skipped.Add(new TransformEvent.Skipped(model, _missing[input]));
            progress?.Report(Skipped[^1]);
            return;
        }

        try
        {
            await TryBuildAsync(prepared, cancellationToken);
        }
        catch (DestinationException reason)
        {
            _missing[model.Name] = model;
            Failed.Add(new TransformEvent.Failed(model, reason));
            progress?.Report(Failed[^1]);
        }
    }

    private async Task TryBuildAsync(PreparedModel prepared, CancellationToken cancellationToken)
    {
        var wanted = await WantedAsync(prepared, cancellationToken);
        var before = options.FullRefresh ? null : built[wanted.Name];
        if (before == wanted)
        {
            UpToDate++;
            return;
        }

        var isTouched =
            prepared.Model.Materialisation == Materialisation.Incremental && before?.Lineage == wanted.Lineage;
        var kind = isTouched ? BuildKind.Touched : BuildKind.Whole;
        var started = clock.GetTimestamp();
        long? rows = null;
        await warehouse.TransactAsync(
            async () =>
            {
                rows = await new ModelBuild(warehouse, prepared, options.Schema).RunAsync(kind, cancellationToken);
                var figures = new BuildFigures(rows, clock.GetElapsedTime(started), clock.GetUtcNow());
                await built.WriteAsync(wanted, figures, cancellationToken);
            },
            cancellationToken
        );
        built.Remember(wanted);
        Built.Add(new TransformEvent.Built(prepared.Model, kind, rows, clock.GetElapsedTime(started)));
        progress?.Report(Built[^1]);
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
