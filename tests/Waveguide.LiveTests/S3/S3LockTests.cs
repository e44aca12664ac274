using System.Diagnostics;
using System.Text;
using Amazon.S3.Model;
using Waveguide.S3;
using Waveguide.Storage;

namespace Waveguide.LiveTests.S3;

/// <summary>The lock over time: a holder that dies, one that sleeps, one whose lock is taken away.</summary>
public sealed class S3LockTests(S3Service service)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly ObjectContent Content = ObjectContent.Of(Encoding.UTF8.GetBytes("x"));

    [Fact]
    public async Task The_lock_of_a_process_that_died_is_free_after_its_lease_for_exactly_one_of_those_who_wait()
    {
        var options = (await service.GetAsync()).Options($"{Guid.NewGuid():n}") with { Lease = Lease };
        var clock = new StoppedClock();
        await using var dead = new S3ObjectStore(options, clock);
        var held = await dead.LockAsync("waveguide sync", default);
        var since = Stopwatch.StartNew();
        var lasting = options with { Lease = TimeSpan.FromMinutes(5) };
        var stores = Enumerable.Range(0, 8).Select(_ => new S3ObjectStore(lasting, TimeProvider.System)).ToList();
        var winners = await Task.WhenAll(stores.Select(TakeAsync));
        var winner = Assert.Single(winners.OfType<IAsyncDisposable>());
        Assert.True(since.Elapsed > Lease / 2);

        clock.Wake();
        var loss = await Assert.ThrowsAsync<DestinationException>(() => dead.PutAsync("late", Content, default));
        Assert.Contains("the lock of this run was lost", loss.Message, StringComparison.Ordinal);
        await held.DisposeAsync();
        await Assert.ThrowsAsync<DestinationException>(() => stores[^1].LockAsync("a late one", default));
        await winner.DisposeAsync();
        stores.ForEach(store => store.DisposeAsync().AsTask().Wait());

        async Task<IAsyncDisposable?> TakeAsync(S3ObjectStore store)
        {
            while (true)
            {
                try
                {
                    return await store.LockAsync("another", default);
                }
                catch (DestinationException refusal)
                {
                    if (refusal.Message.Contains("in use by another", StringComparison.Ordinal))
                    {
                        return null;
                    }
                }
            }
        }
    }

    [Fact]
    public async Task A_holder_renews_its_lease_and_stops_writing_when_somebody_takes_the_lock_away()
    {
        var ceph = await service.GetAsync();
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Lease = 4 * Lease };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await using var held = await store.LockAsync("waveguide sync", default);
        using var client = ceph.Client();
        var key = $"{options.Prefix}/.waveguide/lock";
        var first = (await client.GetObjectMetadataAsync(Ceph.Bucket, key)).ETag;
        while ((await client.GetObjectMetadataAsync(Ceph.Bucket, key)).ETag == first)
        {
            await store.PutAsync("in time", Content, default);
        }

        await client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Ceph.Bucket,
                Key = key,
                ContentBody = """{"Id":"x","Owner":{"Owner":"a thief","Process":1,"Since":"2025-07-09T14:00:00Z"}}""",
            }
        );
        var loss = await Assert.ThrowsAsync<DestinationException>(async () =>
        {
            while (true)
            {
                await store.PutAsync("too late", Content, default);
            }
        });
        Assert.Contains("it was taken by a thief (process 1", loss.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DestinationException>(() => store.DeleteAsync("in time", default));
        await held.DisposeAsync();
        Assert.NotNull(await client.GetObjectMetadataAsync(Ceph.Bucket, key));
    }

    [Fact]
    public async Task A_service_that_ignores_conditions_is_refused_because_it_can_keep_no_lock()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        front.Rule = request =>
            request.Method == "PUT" && request.Headers.IfNoneMatch == "*" ? new S3Refusal(200, "None") : null;
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = front.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<DestinationException>(() => store.LockAsync("waveguide sync", default));
        Assert.True(refusal.Message.Contains("ignores If-None-Match", StringComparison.Ordinal), refusal.Message);
    }
}
