using System.Collections.Concurrent;
using System.Security.Cryptography;
using Waveguide.AzureBlob;
using Waveguide.Http;
using Waveguide.Storage;
using Waveguide.Tests;

namespace Waveguide.LiveTests.Azure;

/// <summary>Connections that break, a service that is ill or busy: nothing is half visible, and once more completes it.</summary>
public sealed class BlobFaultTests(Azurite azurite)
{
    private const int Moments = 20;
    private static readonly byte[] Truth = RandomNumberGenerator.GetBytes(1_300_000);
    private static readonly SendOptions Patient = new() { FirstByte = TimeSpan.FromMinutes(10) };

    private static readonly SendOptions Quick = Patient with { Attempts = 3, BackOff = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_is_cut_at_any_moment_is_whole_or_not_there_and_once_more_completes_it(bool forGood)
    {
        var container = await BlocksAsync();
        await using var proxy = CuttingProxy.Start(container.Endpoint!);
        await using var direct = Azurite.Open(container);
        await using var cut = Azurite.Open(
            container with
            {
                Endpoint = new Uri(proxy.Address, container.Endpoint!.AbsolutePath),
                Send = Quick,
            }
        );
        await cut.PutAsync("measured", ObjectContent.Of(Truth), default);
        var bytes = proxy.Passed;
        for (var moment = 0; moment < Moments; moment++)
        {
            var key = $"cut-{moment}";
            proxy.CutAfter((bytes * moment / Moments) + 1, forGood);
            var upload = cut.PutAsync(key, ObjectContent.Of(Truth), default);
            if (forGood)
            {
                await Assert.ThrowsAsync<DestinationException>(() => upload);
                Assert.DoesNotContain(key, await KeysAsync(direct));
                proxy.Heal();
                await cut.PutAsync(key, ObjectContent.Of(Truth), default);
            }

            await upload.ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.Equal(Truth, await ReadAsync(direct, key));
        }

        Assert.InRange(proxy.Cuts, Moments, int.MaxValue);
        Assert.Equal(Moments + 1, (await KeysAsync(direct)).Count);
        using var listing = await azurite.AskAsync(
            HttpMethod.Get,
            $"{container.Container}?restype=container&comp=list&include=uncommittedblobs"
        );
        Assert.Equal(Moments + 1, (await listing.Content.ReadAsStringAsync()).Split("<Name>").Length - 1);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_whole_all_the_same()
    {
        var lost = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var container = await BlocksAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                var isCommit =
                    context.Request.Method == "PUT" && context.Request.Query["comp"].ToString() is "" or "blocklist";
                if (isCommit && lost.TryAdd(context.Request.Path, true))
                {
                    using var unheard = await front.AskAsync(context);
                    await BlobFront.RefuseAsync(context, 500, "InternalError");
                    return;
                }

                await front.PassAsync(context);
            }
        );
        await using var store = Azurite.Open(container with { Endpoint = front.Address, Send = Quick });
        foreach (var length in new[] { 10, Truth.Length })
        {
            var content = ObjectContent.Of(Truth.AsMemory(0, length));
            await store.PutAsync($"{length}", content, default);
            Assert.Equal(Truth[..length], await ReadAsync(store, $"{length}"));
        }

        await using (await store.LockAsync("whoever hears no answer", default)) { }
        Assert.Equal(3, lost.Count);
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_where_it_was()
    {
        var container = await BlocksAsync();
        await using var proxy = CuttingProxy.Start(container.Endpoint!);
        await using var store = Azurite.Open(
            container with
            {
                Endpoint = new Uri(proxy.Address, container.Endpoint!.AbsolutePath),
                Send = Quick,
            }
        );
        await store.PutAsync("object", ObjectContent.Of(Truth), default);
        for (var moment = 1; moment < Moments; moment++)
        {
            proxy.CutAfter(Truth.Length * moment / Moments, forGood: false);
            Assert.Equal(Truth, await ReadAsync(store, "object"));
        }

        Assert.InRange(proxy.Cuts, Moments - 1, int.MaxValue);
    }

    [Fact]
    public async Task An_object_that_is_replaced_while_it_is_read_is_no_mixture()
    {
        var container = await BlocksAsync();
        await using var proxy = CuttingProxy.Start(container.Endpoint!);
        await using var direct = Azurite.Open(container);
        await using var store = Azurite.Open(
            container with
            {
                Endpoint = new Uri(proxy.Address, container.Endpoint!.AbsolutePath),
                Send = Quick,
            }
        );
        await direct.PutAsync("object", ObjectContent.Of(RandomNumberGenerator.GetBytes(20_000_000)), default);
        await using var reading = (await store.OpenAsync("object", default))!;
        await reading.ReadExactlyAsync(new byte[1000]);
        await direct.PutAsync("object", ObjectContent.Of(Truth), default);
        proxy.CutAfter(0, forGood: false);
        var failure = await Assert.ThrowsAsync<DestinationException>(() => reading.CopyToAsync(Stream.Null));
        Assert.Contains("replaced or deleted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_when_it_wishes_so()
    {
        var refusals = 0;
        var container = await BlocksAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                if (Interlocked.Increment(ref refusals) <= 2)
                {
                    context.Response.Headers.RetryAfter = refusals == 1 ? "7" : null;
                    context.Response.Headers["x-ms-retry-after-ms"] = refusals == 2 ? "9000" : null;
                    await BlobFront.RefuseAsync(context, 503, "ServerBusy");
                    return;
                }

                await front.PassAsync(context);
            }
        );
        var clock = new ImpatientClock(TimeProvider.System.GetUtcNow());
        await using var store = Azurite.Open(container with { Endpoint = front.Address, Send = Patient }, clock);
        await store.PutAsync("object", ObjectContent.Of(Truth.AsMemory(0, 10)), default);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9)], clock.Waits);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_given_up_in_one_sentence()
    {
        var container = await BlocksAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            (context, _) => BlobFront.RefuseAsync(context, 503, "ServerBusy")
        );
        var clock = new ImpatientClock(TimeProvider.System.GetUtcNow());
        await using var store = Azurite.Open(container with { Endpoint = front.Address, Send = Patient }, clock);
        var failure = await Assert.ThrowsAsync<DestinationException>(() =>
            store.PutAsync("object", ObjectContent.Of(Truth), default)
        );
        Assert.Equal(
            $"writing {store.Address}/object: Azure answered 503 ServerBusy, request request-of-the-front. It was tried 6 times.",
            failure.Message
        );
        Assert.Contains("Run again later", failure.Hint, StringComparison.Ordinal);
    }

    private async Task<AzureBlobOptions> BlocksAsync() => await azurite.ContainerAsync() with { BlockBytes = 1 << 18 };

    private static async Task<List<string>> KeysAsync(AzureBlobStore store) =>
        await store.ListAsync("", default).Select(entry => entry.Key).ToListAsync();

    private static async Task<byte[]> ReadAsync(AzureBlobStore store, string key)
    {
        await using var stream = await store.OpenAsync(key, default);
        using var bytes = new MemoryStream();
        await stream!.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
