using System.Collections.Concurrent;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>The objects that describe a lake: layout, ledger and tables.</summary>
internal sealed class LakeObjects(IObjectStore store)
{
    private const string Layout = "_waveguide/layout.jsonl";

    /// <summary>Requests to the store at once.</summary>
    private const int AtOnce = 16;

    public IObjectStore Store => store;

    /// <returns>The layout of the lake; null if nothing was ever loaded.</returns>
    /// <exception cref="DestinationException">It cannot be read, or a newer Waveguide wrote it.</exception>
    public async Task<int?> LayoutAsync(CancellationToken cancellationToken) =>
        (await FindAsync<LakeLayout>(Layout, cancellationToken))?.Layout;

    public Task WriteLayoutAsync(CancellationToken cancellationToken) =>
        PutAsync(Layout, new LakeLayout("waveguide"), cancellationToken);

    /// <returns>An empty one if nothing was ever loaded.</returns>
    public async Task<LakeManifest> ManifestAsync(LakeScope scope, CancellationToken cancellationToken) =>
        await ReadAsync<LakeManifest>(scope.Manifest, cancellationToken) ?? new LakeManifest(scope, []);

    /// <summary>Puts the manifest in place of the one before: the moment of a commit.</summary>
    public Task CommitAsync(LakeManifest manifest, CancellationToken cancellationToken) =>
        manifest.Hours.Count == 0
            ? store.DeleteAsync(manifest.Scope.Manifest, cancellationToken)
            : PutAsync(manifest.Scope.Manifest, manifest, cancellationToken);

    /// <summary>All objects of one kind under a prefix.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(string prefix, CancellationToken cancellationToken)
        where T : class
    {
        var found = new ConcurrentBag<T>();
        await Parallel.ForEachAsync(
            store.ListAsync(prefix, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (entry, token) =>
            {
                if (await ReadAsync<T>(entry.Key, token) is { } content)
                {
                    found.Add(content);
                }
            }
        );
        return [.. found];
    }

    /// <returns>Null if there is none.</returns>
    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => (await FindAsync<T>(key, cancellationToken))?.Content;

    public Task PutAsync<T>(string key, T content, CancellationToken cancellationToken) =>
        store.PutAsync(key, ObjectContent.Of(LakeText.Write(content)), cancellationToken);

    /// <summary>Deletes these objects, several at once.</summary>
    public Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) => await store.DeleteAsync(key, token)
        );

    private async Task<(T Content, int Layout)?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        await using var stream = await store.OpenAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken);
        return LakeText.Read<T>(memory.ToArray(), store.Address, key);
    }

    private sealed record LakeLayout(string Kind);
}
