using System.Text.Json;
using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>
/// The writing place of a store: an object that its holder makes only where there is none and writes anew before its
/// lease ends. Whoever finds the lease over, by the service's clock, replaces exactly the object that was found, so that
/// of several one wins; and a holder that slept through its lease finds another object than its own.
/// </summary>
internal sealed class S3Lock(S3Client client, S3Objects objects, S3StoreOptions options, TimeProvider clock)
    : IAsyncDisposable
{
    private const string Key = S3ObjectStore.Aside + "lock";

    /// <summary>The place changes hands between two looks only so often.</summary>
    private const int MostAttempts = 10;

    /// <summary>Services tell when an object was written in whole seconds, rounded down.</summary>
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(1);

    private readonly string _id = $"{Guid.NewGuid():n}";
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private OwnerNote _owner = null!;
    private string _eTag = string.Empty;
    private int _renewals;
    private DateTimeOffset _renewedAt;
    private string? _loss;
    private Task _renewing = Task.CompletedTask;

    /// <summary>How long the holder trusts its last renewal: less than others wait.</summary>
    private TimeSpan Trust => options.Lease * 3 / 4;

    /// <exception cref="DestinationException">Somebody else holds it.</exception>
    public async Task TakeAsync(string owner, CancellationToken cancellationToken)
    {
        _owner = OwnerNote.OfThisProcess(owner, clock.GetUtcNow());
        var condition = S3Condition.Absent;
        for (var attempt = 1; !await WriteAsync(condition, cancellationToken); attempt++)
        {
            var found = await FindAsync(cancellationToken);
            if (
                attempt == MostAttempts
                || (found is not null && client.ServiceTime - found.WrittenAt < found.Lease + Blur)
            )
            {
                throw new DestinationException(
                    $"{options.Address} is in use by {found?.Note?.Owner.ToString() ?? "another process"}."
                )
                {
                    Hint =
                        "Wait until it has ended, or stop it; a destination has one writer at a time. One that died "
                        + "gives way within a minute.",
                };
            }

            condition = found is null ? S3Condition.Absent : S3Condition.Unchanged(found.ETag);
        }

        try
        {
            await ProveAsync(cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        _renewing = RenewAsync();
    }

    /// <summary>Writes as long as the lock is held.</summary>
    /// <exception cref="DestinationException">It was lost before or meanwhile.</exception>
    public async Task GuardAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (!_ended.IsCancellationRequested && clock.GetUtcNow() - _renewedAt > Trust)
        {
            Lose("it could not be renewed in time");
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        try
        {
            both.Token.ThrowIfCancellationRequested();
            await write(both.Token);
        }
        catch (OperationCanceledException) when (_loss is { } loss && !cancellationToken.IsCancellationRequested)
        {
            throw new DestinationException($"{options.Address}: the lock of this run was lost, because {loss}.")
            {
                Hint = "Nothing half done is visible. Run again once nobody else writes there.",
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_loss is null && _renewedAt + Trust - clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            using var enough = new CancellationTokenSource(left, clock);
            try
            {
                await objects.DeleteAsync(Key, enough.Token);
            }
            catch (Exception reason) when (reason is DestinationException or OperationCanceledException)
            {
                // It ends by itself with its lease.
            }
        }
    }

    private async Task RenewAsync()
    {
        while (_loss is null)
        {
            await Task.Delay(options.Lease / 4, clock, _ended.Token);
            var failure = await TryRenewAsync();
            if (clock.GetUtcNow() - _renewedAt > Trust)
            {
                Lose(failure ?? "it was not renewed in time");
            }
        }
    }

    /// <returns>Why it was not renewed, if not for good; null if it was.</returns>
    private async Task<string?> TryRenewAsync()
    {
        var left = _renewedAt + Trust - clock.GetUtcNow();
        using var enough = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, _ended.Token);
        try
        {
            if (!await WriteAsync(S3Condition.Unchanged(_eTag), either.Token))
            {
                // An earlier renewal may have come through although its answer did not.
                var found = await FindAsync(either.Token);
                if (found?.Note?.Id != _id)
                {
                    Lose($"it was taken by {found?.Note?.Owner.ToString() ?? "another process"}");
                    return null;
                }

                _eTag = found.ETag;
            }

            return null;
        }
        catch (DestinationException reason)
        {
            return $"it could not be renewed: {reason.Message.TrimEnd('.')}";
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            return "it could not be renewed: the service did not answer in time";
        }
    }

    private async Task<bool> WriteAsync(S3Condition condition, CancellationToken cancellationToken)
    {
        // Every renewal differs, so that its ETag does.
        var note = new Note(_id, _owner, _renewals++, options.Lease.TotalSeconds);
        var content = ObjectContent.Of(JsonSerializer.SerializeToUtf8Bytes(note));
        var started = clock.GetUtcNow();
        if (await objects.TryPutAsync(Key, content, condition, cancellationToken) is not { } eTag)
        {
            return false;
        }

        _eTag = eTag;
        _renewedAt = started;
        return true;
    }

    private async Task<Found?> FindAsync(CancellationToken cancellationToken)
    {
        using var answer = await objects.GetAsync(Key, range: null, eTag: null, cancellationToken);
        if (answer is null)
        {
            return null;
        }

        Note? note = null;
        try
        {
            note = await JsonSerializer.DeserializeAsync<Note>(
                answer.ResponseStream,
                cancellationToken: cancellationToken
            );
        }
        catch (Exception reason) when (reason is JsonException or IOException)
        {
            // Somebody holds it, whoever that is.
        }

        var lease = note is { LeaseSeconds: > 0 and < 3600 } ? TimeSpan.FromSeconds(note.LeaseSeconds) : options.Lease;
        return new Found(note, answer.ETag, answer.LastModified!.Value.ToUniversalTime(), lease);
    }

    /// <summary>A service other than Amazon's may not know conditions and then overwrites: no lock could be kept there.</summary>
    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoint is null)
        {
            return;
        }

        foreach (var impossible in new[] { S3Condition.Absent, S3Condition.Unchanged("0123456789abcdef") })
        {
            if (await WriteAsync(impossible, cancellationToken))
            {
                var header = impossible.ETag is null ? "If-None-Match" : "If-Match";
                throw new DestinationException(
                    $"{options.Address}: the service ignores {header}, so that two runs could write at once."
                )
                {
                    Hint = "Use a version of the service that knows conditional writes.",
                };
            }
        }
    }

    private void Lose(string why)
    {
        _loss ??= why;
        _lost.Cancel();
    }

    /// <param name="Renewals">Writes of this holder before this one.</param>
    private sealed record Note(string Id, OwnerNote Owner, int Renewals, double LeaseSeconds);

    private sealed record Found(Note? Note, string ETag, DateTimeOffset WrittenAt, TimeSpan Lease);
}
