using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

/// <summary>A store that fails once, at its n-th call; its objects are never files of this machine.</summary>
/// <param name="at">The call that fails; the first is 1.</param>
internal sealed class FaultyStore(IObjectStore store, int at = int.MaxValue, StoreFault fault = StoreFault.Refused)
    : IObjectStore
{
    public const string Said = "the store failed";

    private readonly CancellationTokenSource _cancelling = new();
    private int _calls;

    public string Address => store.Address;

    /// <summary>Whether it has come to the call that fails.</summary>
    public bool Failed => _calls >= at;

    /// <summary>Of the run that uses the store.</summary>
    public CancellationToken Cancelled => _cancelling.Token;

    public Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
        CallAsync(() => store.PutAsync(key, content, cancellationToken));

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Stream? stream = null;
        await CallAsync(async () => stream = await store.OpenAsync(key, cancellationToken));
        return stream;
    }

    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await CallAsync(() => Task.CompletedTask);
        await foreach (var entry in store.ListAsync(prefix, cancellationToken))
        {
            yield return entry;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        CallAsync(() => store.DeleteAsync(key, cancellationToken));

    public Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken) =>
        store.LockAsync(owner, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        _cancelling.Dispose();
    }

    private async Task CallAsync(Func<Task> call)
    {
        var fails = Interlocked.Increment(ref _calls) == at;
        if (fails && fault == StoreFault.Cancelled)
        {
            await _cancelling.CancelAsync();
        }

        if (!fails || fault != StoreFault.Refused)
        {
            await call();
        }

        if (fails && fault != StoreFault.Cancelled)
        {
            throw new DestinationException(Said);
        }
    }
}

/// <summary>How a call of a store goes wrong.</summary>
public enum StoreFault
{
    Refused,

    /// <summary>It is done, and the answer is lost.</summary>
    Lost,

    /// <summary>The run is cancelled just then.</summary>
    Cancelled,
}
