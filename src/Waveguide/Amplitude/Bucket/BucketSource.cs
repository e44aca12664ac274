using System.Globalization;
using System.Security.Cryptography;
using Waveguide.Http;
using Waveguide.Scanning;
using Waveguide.Storage;

namespace Waveguide.Amplitude.Bucket;

/// <summary>
/// The files that Amplitude itself exports to a bucket, hour by hour: the same parts as the Export API's, without its
/// limits, and those of merged ids. An hour that is not delivered yet is not planned, and so stays missing.
/// </summary>
public sealed class BucketSource(IObjectStore store, BucketOptions options, TimeProvider clock) : ISource
{
    /// <summary>One slice after the other: a proof takes every processor, and what it counts takes memory.</summary>
    private readonly SemaphoreSlim _proving = new(1);

    private readonly SpoolFolder _spool = new(options.SpoolFolder);

    public string Project => options.Project;

    public IReadOnlyList<Table> Tables => AmplitudeTables.OfBuckets;

    /// <inheritdoc/>
    /// <exception cref="SourceException">The bucket cannot be listed, or holds nothing of the project.</exception>
    public async ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var delivered = new List<UploadHour>();
        foreach (var range in wanted)
        {
            var listing = await ListAsync(table, range, cancellationToken);
            if (listing.IsEmpty)
            {
                await ThrowIfNoneAsync(cancellationToken);
            }

            delivered.AddRange(range.Hours().Where(hour => listing.IsDelivered(hour, options.EmptyAfter, now)));
        }

        return
        [
            .. HourRange
                .Gather(delivered)
                .SelectMany(range => range.Cut(window))
                .Select(hours => new Slice(Project, table, hours, window)),
        ];
    }

    public async Task<FetchedSlice> FetchAsync(Slice slice, SliceContent? content, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var listing = await ListAsync(slice.Table, slice.Hours, cancellationToken);
        var place = _spool.Take();
        try
        {
            var parts = new List<FetchedPart>();
            foreach (var hour in slice.Hours.Hours())
            {
                foreach (var (name, entry) in listing.Parts(hour))
                {
                    parts.Add(await FetchAsync(hour, name, entry, place, cancellationToken));
                }
            }

            await ProveAsync(parts, content, cancellationToken);
            return new FetchedSlice(slice, readAt, parts, place) { Content = content };
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _proving.Dispose();
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _spool.Dispose();
    }

    /// <summary>A wrong number must not make every hour an empty one.</summary>
    private async Task ThrowIfNoneAsync(CancellationToken cancellationToken)
    {
        foreach (var prefix in BucketKey.Prefixes(options))
        {
            if (await OfStore(() => store.ListAsync(prefix, cancellationToken).AnyAsync(cancellationToken).AsTask()))
            {
                return;
            }
        }

        throw new SourceException(
            SourceFailure.NotAccepted,
            $"{store.Address} holds no file of project {options.App}: none whose name begins with {options.App}_."
        )
        {
            Hint = "Check the address and source.app, and that Amplitude's export to it is on.",
        };
    }

    private Task<BucketListing> ListAsync(Table table, HourRange hours, CancellationToken cancellationToken) =>
        OfStore(() => BucketListing.ReadAsync(store, options, table, hours, cancellationToken));

    private async Task<FetchedPart> FetchAsync(
        UploadHour hour,
        string name,
        ObjectEntry entry,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    )
    {
        place.Spool.ThrowIfFull(entry.Length);
        var path = Path.Combine(place.Path, $"{Guid.NewGuid():n}.json.gz");
        var (length, hash) = await OfStore(() => DownloadAsync(entry.Key, path, cancellationToken));
        return length == entry.Length
            ? new FetchedPart(hour, name, path, Offset: 0, length, hash)
            : throw Damaged(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Key}: {length:N0} bytes came of {entry.Length:N0}"
                ),
                reason: null
            );
    }

    private async Task ProveAsync(
        IReadOnlyList<FetchedPart> parts,
        SliceContent? content,
        CancellationToken cancellationToken
    )
    {
        await _proving.WaitAsync(cancellationToken);
        try
        {
            await PartCount.ProveAsync(parts, content, cancellationToken);
        }
        catch (InvalidDataException reason)
        {
            throw Damaged(reason.Message, reason);
        }
        finally
        {
            _proving.Release();
        }
    }

    /// <param name="what">Which file, and what is wrong with it.</param>
    private SourceException Damaged(string what, Exception? reason) =>
        new(SourceFailure.Damaged, $"{store.Address} has a damaged file, {what}.", reason)
        {
            Hint =
                "Nothing of its hours was loaded. Run again later; if it stays, ask Amplitude's support to deliver it anew.",
        };

    private async Task<(long Length, string Sha256)> DownloadAsync(
        string key,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var from =
            await store.OpenAsync(key, cancellationToken)
            ?? throw new SourceException(
                SourceFailure.Unavailable,
                $"{store.Address}: {key} was there a moment ago and is gone."
            );
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await using var to = File.Create(path);
            var buffer = new byte[1 << 17];
            for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0; )
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return (to.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(Path.GetDirectoryName(path)!, reason);
        }
    }

    /// <summary>A store is a destination to itself; here it is where rows come from.</summary>
    private static async Task<T> OfStore<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DestinationException reason)
        {
            throw new SourceException(SourceFailure.Unavailable, reason.Message, reason) { Hint = reason.Hint };
        }
    }
}
