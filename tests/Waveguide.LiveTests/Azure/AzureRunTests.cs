using Waveguide.LiveTests.Lake;

namespace Waveguide.LiveTests.Azure;

/// <summary>Whole runs of the program into a container.</summary>
public sealed class AzureRunTests(Azurite azurite) : CutRunTests
{
    protected override Task<Uri> ServiceAsync() => azurite.StartAsync();

    private protected override async Task<LakeRun> StartAsync(Uri at) => await AzureRun.StartAsync(azurite, at);

    [Fact]
    public async Task A_token_that_expires_in_the_middle_ends_the_run_in_a_sentence_and_the_next_completes_it()
    {
        const int before = 20;
        var left = before;
        var end = TimeProvider.System.GetUtcNow().AddSeconds(10);
        await using var front = await BlobFront.StartAsync(
            await azurite.StartAsync(),
            async (context, front) =>
            {
                while (Interlocked.Decrement(ref left) < 0 && TimeProvider.System.GetUtcNow() < end.AddSeconds(1))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.RequestAborted);
                }

                await front.PassAsync(context);
            }
        );
        await using var run = await AzureRun.StartAsync(azurite, front.Address);
        var sas = Sas.OfAccount(azurite.Key, "rwdlc", end);
        run.Set("AZURE_STORAGE_KEY", "");
        run.Set("AZURE_STORAGE_SAS_TOKEN", sas);
        var (code, said, error) = await run.SyncAsync("--verbose");
        Assert.True(code == 4, error);
        Assert.Contains("403 Auth", error, StringComparison.Ordinal);
        Assert.Contains("The SAS token ended at", LakeRun.Flat(error), StringComparison.Ordinal);
        run.HoldsNoSecret(said + error, sas, sas.Split("sig=")[1]);
        run.Set(
            "AZURE_STORAGE_SAS_TOKEN",
            Sas.OfAccount(azurite.Key, "rwdlc", TimeProvider.System.GetUtcNow().AddHours(1))
        );
        await run.OutliveLeaseAsync();
        await run.CompleteAsync();
    }
}
