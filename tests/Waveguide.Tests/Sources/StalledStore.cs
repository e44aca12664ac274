using System.IO.Pipelines;
using Waveguide.Storage;

namespace Waveguide.Tests.Sources;

/// <summary>A store that gives the first half of each object, and then nothing more.</summary>
internal sealed class StalledStore(IObjectStore store) : IObjectStore
{
    public string Address => store.Address;

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        await using var whole = (await store.OpenAsync(key, cancellationToken))!;
        using var bytes = new MemoryStream();
        await whole.CopyToAsync(bytes, cancellationToken);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(bytes.ToArray().AsMemory(0, (int)bytes.Length / 2), cancellationToken);
        return pipe.Reader.AsStream();
    }

    public IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
        store.PutAsync(key, content, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        store.DeleteAsync(key, cancellationToken);

    public Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken) =>
        store.LockAsync(owner, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
