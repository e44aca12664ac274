using System.Text;
using Waveguide.AzureBlob;
using Waveguide.Storage;

namespace Waveguide.LiveTests.Azure;

/// <summary>The lock of a container: who holds it, for how long, and what becomes of a writer that loses it.</summary>
public sealed class BlobLeaseTests(Azurite azurite)
{
    private static readonly ObjectContent Text = ObjectContent.Of(Encoding.UTF8.GetBytes("text"));

    [Fact]
    public async Task A_lock_is_held_for_a_minute_at_most_and_tells_who_where_and_since_when()
    {
        var container = await azurite.ContainerAsync();
        await using var store = Azurite.Open(container);
        await using (await store.LockAsync("waveguide sync", default))
        {
            using var blob = await azurite.AskAsync(HttpMethod.Get, LockOf(container));
            Assert.Equal("fixed", blob.Headers.GetValues("x-ms-lease-duration").Single());
            var note = OwnerNote.Read(await blob.Content.ReadAsByteArrayAsync())!;
            Assert.Equal(
                ("waveguide sync", Environment.ProcessId, Environment.MachineName),
                (note.Owner, note.Process, note.Host)
            );
            Assert.InRange(note.Since, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        }

        using var none = await azurite.AskAsync(HttpMethod.Get, LockOf(container));
        Assert.Equal(404, (int)none.StatusCode);
    }

    [Fact]
    public async Task A_lock_that_is_held_is_renewed_every_quarter_of_a_minute()
    {
        var renewals = new SemaphoreSlim(0);
        var container = await azurite.ContainerAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                await front.PassAsync(context);
                if (context.Request.Headers["x-ms-lease-action"] == "renew")
                {
                    renewals.Release();
                }
            }
        );
        var clock = new HandClock();
        await using var store = Azurite.Open(container with { Endpoint = front.Address }, clock);
        await using (await store.LockAsync("waveguide sync", default))
        {
            for (var quarter = 0; quarter < 5; quarter++)
            {
                clock.Advance(TimeSpan.FromSeconds(15));
                Assert.True(await renewals.WaitAsync(TimeSpan.FromSeconds(30)));
            }

            await store.PutAsync("after more than a minute", Text, default);
        }
    }

    [Fact]
    public async Task A_writer_whose_lock_was_taken_away_writes_no_more()
    {
        var container = await azurite.ContainerAsync();
        var clock = new HandClock();
        await using var store = Azurite.Open(container, clock);
        await using var held = await store.LockAsync("waveguide sync", default);
        await store.PutAsync("before", Text, default);
        using (
            var broken = await azurite.AskAsync(
                HttpMethod.Put,
                $"{LockOf(container)}?comp=lease",
                ("x-ms-lease-action", "break"),
                ("x-ms-lease-break-period", "0")
            )
        )
        {
            Assert.Equal(202, (int)broken.StatusCode);
        }

        await using var other = Azurite.Open(container);
        await using var taken = await other.LockAsync("another", default);
        clock.Advance(TimeSpan.FromSeconds(61));
        var refusal = await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("after", Text, default));
        Assert.Contains("the lock was lost", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DestinationException>(() => store.DeleteAsync("before", default));
        Assert.Equal(["before"], await other.ListAsync("", default).Select(entry => entry.Key).ToListAsync());
    }

    [Fact]
    public async Task An_upload_under_way_is_stopped_when_the_lock_is_lost()
    {
        var container = await azurite.ContainerAsync();
        var clock = new HandClock();
        var arrived = new TaskCompletionSource();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                if (context.Request.Path.Value!.EndsWith("/slow", StringComparison.Ordinal))
                {
                    arrived.TrySetResult();
                    var gone = new TaskCompletionSource();
                    using var heard = context.RequestAborted.Register(gone.SetResult);
                    await gone.Task;
                    return;
                }

                if (context.Request.Headers["x-ms-lease-action"] == "renew")
                {
                    await BlobFront.RefuseAsync(context, 409, "LeaseIdMismatchWithLeaseOperation");
                    return;
                }

                await front.PassAsync(context);
            }
        );
        await using var store = Azurite.Open(container with { Endpoint = front.Address }, clock);
        await using var held = await store.LockAsync("waveguide sync", default);
        var upload = store.PutAsync("slow", Text, default);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(15));
        var stopped = await Assert.ThrowsAsync<DestinationException>(() => upload.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("the lock was lost", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_of_a_process_that_died_is_free_within_a_minute()
    {
        var container = await azurite.ContainerAsync();
        await using var dead = Azurite.Open(container, new HandClock());
        await dead.LockAsync("waveguide sync", default);
        var since = TimeProvider.System.GetTimestamp();
        await using var next = Azurite.Open(container);
        IAsyncDisposable? held = null;
        while (held is null)
        {
            try
            {
                held = await next.LockAsync("another", default);
            }
            catch (DestinationException refusal)
            {
                Assert.Contains("in use by waveguide sync", refusal.Message, StringComparison.Ordinal);
                Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0, 65);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 50, 65);
        await held.DisposeAsync();
    }

    private static string LockOf(AzureBlobOptions container) => $"{container.Container}/.waveguide/lock";
}
