using System.Runtime.CompilerServices;
using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>
/// Objects in a bucket of Amazon S3, or of a service that speaks its protocol. Larger ones travel in parts, several at
/// once. When the lock is lost, nothing is written any more.
/// </summary>
public sealed class S3ObjectStore : IObjectStore
{
    /// <summary>Below it, the store keeps what is no object of its user: the lock, and notes of unfinished uploads.</summary>
    internal const string Aside = ".waveguide/";

    private readonly S3StoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly S3Client _client;
    private readonly S3Objects _objects;
    private readonly S3Uploads _uploads;
    private S3Lock? _lock;

    /// <summary>Asks nothing yet.</summary>
    /// <exception cref="ConfigurationException">The endpoint is neither https nor on this machine.</exception>
    public S3ObjectStore(S3StoreOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _client = new S3Client(options, clock);
        _objects = new S3Objects(_client, options);
        _uploads = new S3Uploads(_client, _objects, options, clock);
    }

    public string Address => _options.Address;

    public Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
        WriteAsync(
            token =>
                content.Length > S3Uploads.PartSize
                    ? _uploads.PutAsync(key, content, token)
                    : _objects.PutAsync(key, content, token),
            cancellationToken
        );

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) =>
        await _objects.GetAsync(key, range: null, eTag: null, cancellationToken) is { } answer
            ? new S3ObjectStream(_objects, key, answer, _clock)
            : null;

    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var item in _objects.ListAsync(prefix, cancellationToken))
        {
            var key = _objects.Own(item.Key);
            if (!key.StartsWith(Aside, StringComparison.Ordinal))
            {
                yield return new ObjectEntry(key, item.Size ?? 0, item.LastModified!.Value.ToUniversalTime());
            }
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        WriteAsync(token => _objects.DeleteAsync(key, token), cancellationToken);

    /// <summary>Also removes what unfinished uploads of earlier runs left.</summary>
    public async Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken)
    {
        var taken = new S3Lock(_client, _objects, _options, _clock);
        await taken.TakeAsync(owner, cancellationToken);
        _lock = taken;
        try
        {
            await _uploads.SweepAsync(cancellationToken);
            return taken;
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken) =>
        _lock is { } held ? held.GuardAsync(write, cancellationToken) : write(cancellationToken);
}
