using Waveguide.Storage;

namespace Waveguide.AzureBlob;

/// <summary>
/// The writing place of a store: a lease of a minute on a blob, renewed every quarter of it. A process that dies renews
/// nothing; one that learns that its lease is gone, or cannot renew it in time, may write no more.
/// </summary>
internal sealed class BlobLease : IAsyncDisposable
{
    public const string Key = ".waveguide/lock";

    private const int MostTurns = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly BlobSender _sender;
    private readonly BlobPlace _place;
    private readonly TimeProvider _clock;
    private readonly string _id = $"{Guid.NewGuid()}";
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private DateTimeOffset _heldUntil;
    private Task _keeping = Task.CompletedTask;

    private BlobLease(BlobSender sender, BlobPlace place, TimeProvider clock)
    {
        _sender = sender;
        _place = place;
        _clock = clock;
    }

    /// <summary>Cancelled when the lease is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether it was given back.</summary>
    public bool HasEnded => _end.IsCancellationRequested;

    private string What => $"locking {_place.Text}";

    /// <exception cref="DestinationException">Somebody else holds it.</exception>
    public static async Task<BlobLease> TakeAsync(
        BlobSender sender,
        BlobPlace place,
        string owner,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var lease = new BlobLease(sender, place, clock);
        await lease.AcquireAsync(cancellationToken);
        try
        {
            var note = OwnerNote.OfThisProcess(owner, clock.GetUtcNow()).ToBytes();
            await lease.WriteAsync(note, [("x-ms-lease-id", lease._id)], [], cancellationToken);
            lease._keeping = lease.KeepAsync();
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="DestinationException">It is lost.</exception>
    public void ThrowIfLost()
    {
        if (!Lost.IsCancellationRequested && _clock.GetUtcNow() < _heldUntil)
        {
            return;
        }

        throw new DestinationException($"{_place.Text}: the lock was lost, and nothing is written without it.")
        {
            Hint =
                "Another process may have taken it while this one could not reach Azure: run again when it has ended; everything committed so far is kept.",
        };
    }

    /// <summary>Gives the place free at once, if Azure can be reached, or within a minute.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _keeping;
        var request = new BlobRequest(What, HttpMethod.Delete, _place.Of(Key))
        {
            Headers = [("x-ms-lease-id", _id)],
            Answers =
            [
                "BlobNotFound",
                "LeaseIdMismatchWithBlobOperation",
                "LeaseLost",
                "LeaseNotPresentWithBlobOperation",
            ],
        };
        using var limit = new CancellationTokenSource(Duration, _clock);
        try
        {
            using var answer = await _sender.SendAsync(request, limit.Token);
        }
        catch (Exception reason) when (reason is DestinationException or OperationCanceledException)
        {
            // It ends by itself.
        }

        _lost.Dispose();
        _end.Dispose();
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            await WriteAsync(
                [],
                [("If-None-Match", "*")],
                ["BlobAlreadyExists", "ConditionNotMet", "LeaseIdMissing"],
                cancellationToken
            );
            var sent = _clock.GetUtcNow();
            using var answer = await LeaseAsync(
                "acquire",
                [("x-ms-proposed-lease-id", _id), ("x-ms-lease-duration", $"{Duration.TotalSeconds}")],
                cancellationToken
            );
            if (answer.IsSuccessStatusCode)
            {
                _heldUntil = sent + Duration;
                return;
            }

            if (BlobFailure.CodeOf(answer) != "BlobNotFound")
            {
                break;
            }
        }

        throw new DestinationException($"{_place.Text} is in use by {await HolderAsync(cancellationToken)}.")
        {
            Hint =
                "Wait until it has ended, or stop it; a destination has one writer at a time. The lock of a process that died is free within a minute.",
        };
    }

    private async Task<string> HolderAsync(CancellationToken cancellationToken)
    {
        var request = new BlobRequest(What, HttpMethod.Get, _place.Of(Key))
        {
            Answers = ["BlobNotFound"],
            ReadsWhole = true,
        };
        using var answer = await _sender.SendAsync(request, cancellationToken);
        var note = answer.IsSuccessStatusCode
            ? OwnerNote.Read(await answer.Content.ReadAsByteArrayAsync(cancellationToken))
            : null;
        return note?.ToString() ?? "another process";
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Duration / 4, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (!await RenewAsync())
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It was given back.
        }
    }

    /// <returns>False if it is lost.</returns>
    private async Task<bool> RenewAsync()
    {
        var sent = _clock.GetUtcNow();
        try
        {
            using var limit = new CancellationTokenSource(Later(_heldUntil - sent), _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _end.Token);
            using var answer = await LeaseAsync("renew", [("x-ms-lease-id", _id)], both.Token);
            if (answer.IsSuccessStatusCode)
            {
                _heldUntil = sent + Duration;
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception reason)
            when (reason is DestinationException
                || (reason is OperationCanceledException && !_end.IsCancellationRequested)
            )
        {
            return _clock.GetUtcNow() < _heldUntil;
        }
    }

    /// <summary>Once it is over, one more attempt is worth a while: nobody may have taken it.</summary>
    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);

    private async Task<HttpResponseMessage> LeaseAsync(
        string action,
        (string, string)[] headers,
        CancellationToken cancellationToken
    ) =>
        await _sender.SendAsync(
            new BlobRequest(What, HttpMethod.Put, _place.Of(Key, "?comp=lease"))
            {
                Headers = [("x-ms-lease-action", action), .. headers],
                Answers =
                [
                    "BlobNotFound",
                    "LeaseAlreadyPresent",
                    "LeaseIsBreakingAndCannotBeAcquired",
                    "LeaseIdMismatchWithLeaseOperation",
                    "LeaseNotPresentWithLeaseOperation",
                    "LeaseIsBrokenAndCannotBeRenewed",
                    "LeaseLost",
                ],
            },
            cancellationToken
        );

    private async Task WriteAsync(
        byte[] content,
        (string, string)[] headers,
        string[] answers,
        CancellationToken cancellationToken
    )
    {
        using var answer = await _sender.SendAsync(
            new BlobRequest(What, HttpMethod.Put, _place.Of(Key))
            {
                Body = content,
                Headers = [("x-ms-blob-type", "BlockBlob"), .. headers],
                Answers = answers,
            },
            cancellationToken
        );
    }
}
