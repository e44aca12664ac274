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
        var left = 20;
        await using var front = await BlobFront.StartAsync(
            await azurite.StartAsync(),
            (context, front) =>
                Interlocked.Decrement(ref left) < 0
                    ? BlobFront.RefuseAsync(context, 403, "AuthenticationFailed")
                    : front.PassAsync(context)
        );
        await using var run = await AzureRun.StartAsync(azurite, front.Address);
        var sas = Sas.OfAccount(azurite.Key, "rwdlc", TimeProvider.System.GetUtcNow().AddHours(1));
        run.Set("AZURE_STORAGE_KEY", "");
        run.Set("AZURE_STORAGE_SAS_TOKEN", sas);
        var (code, said, error) = await run.SyncAsync("--verbose");
        Assert.True(code == 4, error);
        Assert.Contains("403 AuthenticationFailed", error, StringComparison.Ordinal);
        Assert.Contains("SAS token", error, StringComparison.Ordinal);
        run.HoldsNoSecret(said + error, sas, sas.Split("sig=")[1]);
        left = int.MaxValue;
        await run.OutliveLeaseAsync();
        await run.CompleteAsync();
    }
}
