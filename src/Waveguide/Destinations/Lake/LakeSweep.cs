namespace Waveguide.Destinations.Lake;

/// <summary>
/// Keeps a lake clean. A scope is marked before its first object is written, and unmarked when the objects that its
/// ledger does not name are gone; so whatever a dead run left is found by its mark.
/// </summary>
internal sealed class LakeSweep(LakeObjects objects)
{
    public Task MarkAsync(LakeScope scope, CancellationToken cancellationToken) =>
        objects.PutAsync(scope.Mark, scope, cancellationToken);

    /// <summary>Deletes what the manifest does not name, and then the mark.</summary>
    public async Task FinishAsync(LakeManifest manifest, CancellationToken cancellationToken)
    {
        var scope = manifest.Scope;
        var named = manifest.Keys.ToHashSet(StringComparer.Ordinal);
        var rows = objects
            .Store.ListAsync(scope.Rows, cancellationToken)
            .Where(entry => LakeScope.IsOf(scope.Project, entry.Key) && !named.Contains(entry.Key));
        var lines = objects
            .Store.ListAsync(scope.Quarantine, cancellationToken)
            .Where(entry => !named.Contains(entry.Key));
        var left = await rows.Concat(lines).Select(entry => entry.Key).ToListAsync(cancellationToken);
        await objects.DeleteAsync(left, cancellationToken);
        await objects.Store.DeleteAsync(scope.Mark, cancellationToken);
    }

    /// <summary>Cleans every scope in which a run died.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var scope in await objects.ReadAllAsync<LakeScope>(LakeScope.Marks, cancellationToken))
        {
            await FinishAsync(await objects.ManifestAsync(scope, cancellationToken), cancellationToken);
        }
    }
}
