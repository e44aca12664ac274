namespace Waveguide.Tests.Simulation;

/// <summary>Breaks before a commit, or after it and before its answer; checks the world after each call.</summary>
/// <param name="rows">Reads what the destination holds, by upload hour.</param>
internal sealed class FaultyDestination(World world, IDestination inner, Func<Task<ILookup<UploadHour, string>>> rows)
    : IDestination
{
    public bool KeepsParts => inner.KeepsParts;

    public async Task<Coverage> CoverageAsync(string project, Table table, CancellationToken cancellationToken)
    {
        Break("reading the ledger", oneIn: 30);
        return await inner.CoverageAsync(project, table, cancellationToken);
    }

    public async Task<Manifest> LoadAsync(Scan scan, CancellationToken cancellationToken)
    {
        world.Trace.Add($"load {scan.Slice.Hours}");
        Break("before the commit", oneIn: 25);
        var manifest = await inner.LoadAsync(scan, cancellationToken);
        await CheckAsync(scan.Slice);
        Break("after the commit", oneIn: 25);
        return manifest;
    }

    public async Task MarkAsync(Slice slice, HourState state, string reason, CancellationToken cancellationToken)
    {
        world.Trace.Add($"mark {slice.Hours} {state}");
        Break("before the mark", oneIn: 25);
        await inner.MarkAsync(slice, state, reason, cancellationToken);
        await CheckAsync(slice);
    }

    public Task<int> ForgetAsync(Slice slice, CancellationToken cancellationToken) =>
        inner.ForgetAsync(slice, cancellationToken);

    public Task<QueryResult> QueryAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    ) => inner.QueryAsync(sql, parameters, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task CheckAsync(Slice slice) =>
        world.Check(await inner.CoverageAsync(slice.Project, slice.Table, default), await rows());

    private void Break(string moment, int oneIn)
    {
        if (!world.IsCalm && world.Dice.Next(oneIn) == 0)
        {
            world.Trace.Add($"break {moment}");
            throw new DestinationException($"simulated: {moment}");
        }
    }
}
