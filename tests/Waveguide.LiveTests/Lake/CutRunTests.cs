using System.Collections.Concurrent;

namespace Waveguide.LiveTests.Lake;

/// <summary>Whole runs of the program over a connection that breaks.</summary>
public abstract class CutRunTests
{
    private const int Moments = 20;

    /// <summary>Most of the time of a run that is cut off is waiting.</summary>
    private const int AtOnce = 5;

    /// <summary>Where the store's service is, on loopback.</summary>
    protected abstract Task<Uri> ServiceAsync();

    /// <param name="at">Where the service is reached.</param>
    private protected abstract Task<LakeRun> StartAsync(Uri at);

    [Fact]
    public async Task Wherever_the_connection_is_cut_one_more_run_makes_the_objects_equal_to_the_truth()
    {
        var service = await ServiceAsync();
        var (bytes, truth) = await WholeAsync(service);
        var ends = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Moments),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (moment, _) =>
            {
                await using var proxy = CuttingProxy.Start(service);
                await using var run = await StartAsync(proxy.Address);
                proxy.CutAfter(bytes * moment / (Moments + 1), forGood: moment % 4 == 0);
                var (code, _, error) = await run.SyncAsync();
                Assert.True(code is 0 or 4, error);
                Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
                Assert.True(proxy.Cuts > 0);
                ends.Add(code);
                proxy.Heal();
                await run.OutliveLeaseAsync();
                await run.CompleteAsync();
                Assert.Equal(truth, await run.KeysAsync());
            }
        );
        Assert.InRange(ends.Count(code => code == 4), 3, Moments - 3);
    }

    /// <summary>A run that nothing cuts: the bytes that went through, and the objects.</summary>
    private async Task<(long Bytes, IReadOnlyList<string> Keys)> WholeAsync(Uri service)
    {
        await using var proxy = CuttingProxy.Start(service);
        await using var run = await StartAsync(proxy.Address);
        var (code, _, error) = await run.SyncAsync();
        Assert.True(code == 0, error);
        return (proxy.Passed, await run.KeysAsync());
    }
}
