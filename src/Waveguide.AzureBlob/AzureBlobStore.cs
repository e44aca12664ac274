using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waveguide.Storage;

namespace Waveguide.AzureBlob;

/// <summary>Objects as block blobs of a container, from a prefix on: Azure Blob Storage, ADLS Gen2, Azurite.</summary>
public sealed class AzureBlobStore : IObjectStore
{
    private readonly BlobPlace _place;
    private readonly BlobSender _sender;
    private readonly BlobUpload _upload;
    private readonly TimeProvider _clock;
    private BlobLease? _lease;

    private AzureBlobStore(
        BlobPlace place,
        BlobCredential credential,
        AzureBlobOptions options,
        TimeProvider clock,
        ILogger logger
    )
    {
        _place = place;
        _clock = clock;
        _sender = new BlobSender(place, credential, options.Send, clock, logger);
        _upload = new BlobUpload(_sender, place, options);
    }

    public string Address => _place.Text;

    /// <summary>Asks nothing yet.</summary>
    /// <exception cref="ConfigurationException">The credential or the endpoint cannot be used.</exception>
    public static AzureBlobStore Open(AzureBlobOptions options, TimeProvider clock, ILogger logger)
    {
        var connection = options.ConnectionString is { } text ? ConnectionString.Parse(text) : null;
        if (connection?.Account is { } account && account != options.Account)
        {
            throw new ConfigurationException(
                $"the connection string is of the Azure account \"{account}\", and the address of \"{options.Account}\"."
            )
            {
                Hint = $"Write azure://{account}/{options.Container}, or the connection string of the other account.",
            };
        }

        var token = connection is null ? options.SasToken : connection.SasToken;
        var key = connection is null ? options.AccountKey : connection.AccountKey;
        BlobCredential credential =
            token is not null ? new SasCredential(token)
            : key is not null ? new SharedKeyCredential(options.Account, key)
            : new EntraCredential(clock);
        var place = new BlobPlace(options, options.Endpoint ?? connection?.Endpoint);
        return new AzureBlobStore(place, credential, options, clock, logger);
    }

    public Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
        WriteAsync(token => _upload.PutAsync(key, content, token), cancellationToken);

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var request = new BlobRequest($"reading {_place.TextOf(key)}", HttpMethod.Get, _place.Of(key))
        {
            Answers = ["BlobNotFound"],
        };
        var answer = await _sender.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return new BlobStream(_sender, request, answer, _clock);
        }

        answer.Dispose();
        return null;
    }

    /// <remarks>Azure's own order is another where it keeps folders, so the whole list is put in order in memory.</remarks>
    public async IAsyncEnumerable<ObjectEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var entries = new List<ObjectEntry>();
        var marker = string.Empty;
        do
        {
            var page = await PageAsync(prefix, marker, cancellationToken);
            entries.AddRange(page.Entries.Where(entry => entry.Key != BlobLease.Key));
            marker = page.Next;
        } while (marker.Length > 0);

        foreach (var entry in entries.OrderBy(entry => entry.Key, Utf8Order.Instance))
        {
            yield return entry;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        WriteAsync(
            async token =>
            {
                var request = new BlobRequest($"deleting {_place.TextOf(key)}", HttpMethod.Delete, _place.Of(key))
                {
                    Answers = ["BlobNotFound"],
                };
                using var answer = await _sender.SendAsync(request, token);
            },
            cancellationToken
        );

    public async Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken) =>
        _lease = await BlobLease.TakeAsync(_sender, _place, owner, _clock, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _upload.Dispose();
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<BlobListing> PageAsync(string prefix, string marker, CancellationToken cancellationToken)
    {
        var request = new BlobRequest($"listing {_place.Text}", HttpMethod.Get, _place.PageOf(prefix, marker))
        {
            ReadsWhole = true,
        };
        using var answer = await _sender.SendAsync(request, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await BlobListing.ReadAsync(body, _place, cancellationToken);
    }

    /// <summary>Whoever took the lock writes only while it is held.</summary>
    private async Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (_lease is not { HasEnded: false } lease)
        {
            await write(cancellationToken);
            return;
        }

        lease.ThrowIfLost();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
        try
        {
            await write(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            lease.ThrowIfLost();
            throw;
        }
    }
}
