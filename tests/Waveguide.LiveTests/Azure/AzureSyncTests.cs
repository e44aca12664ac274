using System.Net;
using Microsoft.AspNetCore.Http;
using Waveguide.AzureBlob;
using Waveguide.Simulator;

namespace Waveguide.LiveTests.Azure;

/// <summary>The program itself, with a lake in Azure.</summary>
public sealed class AzureSyncTests(Azurite azurite)
{
    private static readonly DateTime Day = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Sync = ["sync", "--from", "2025-07-07", "--until", "2025-07-08"];

    private static readonly GeneratedTraffic Traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = Day,
            UntilUtc = Day.AddDays(1),
            EventsPerDay = 2_000,
        }
    );

    [Theory]
    [InlineData("json.gz")]
    [InlineData("parquet")]
    public async Task A_day_lands_whole_in_a_lake_and_a_second_run_changes_nothing(string format)
    {
        await using var served = await ServedProgram.StartAsync(Traffic);
        var container = await azurite.ContainerAsync();
        served.Set("WAVEGUIDE_DESTINATION", Address(container, container.Endpoint!, $"&format={format}"));
        served.Set("AZURE_STORAGE_KEY", azurite.Key);
        await LandAsync(served);
        var before = await ObjectsAsync(container);
        Assert.Contains(before, entry => entry.EndsWith(format, StringComparison.Ordinal));
        var requests = served.Requests;
        await LandAsync(served);
        Assert.Equal(requests, served.Requests);
        Assert.Equal(before, await ObjectsAsync(container));
    }

    [Fact]
    public async Task A_day_lands_whole_although_every_fourth_request_is_refused()
    {
        var requests = 0;
        var container = await azurite.ContainerAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                if (Interlocked.Increment(ref requests) % 4 == 0)
                {
                    context.Response.Headers["x-ms-retry-after-ms"] = "1";
                    await BlobFront.RefuseAsync(context, requests % 8 == 0 ? 500 : 503, "ServerBusy");
                    return;
                }

                await front.PassAsync(context);
            }
        );
        await using var served = await ServedProgram.StartAsync(Traffic);
        served.Set("WAVEGUIDE_DESTINATION", Address(container, front.Address, ""));
        served.Set("AZURE_STORAGE_CONNECTION_STRING", $"AccountName={Azurite.Account};AccountKey={azurite.Key}");
        await LandAsync(served);
        Assert.InRange(requests, 8, int.MaxValue);
    }

    [Fact]
    public async Task A_managed_identity_opens_the_account()
    {
        var container = await azurite.ContainerAsync();
        var sas = Sas.OfAccount(azurite.Key, "rwdlc", TimeProvider.System.GetUtcNow().AddHours(1));
        var tokens = 0;
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            async (context, front) =>
            {
                if (context.Request.Path == "/token")
                {
                    Interlocked.Increment(ref tokens);
                    Assert.Equal("https://storage.azure.com", context.Request.Query["resource"]);
                    var end = TimeProvider.System.GetUtcNow().AddHours(8).ToUnixTimeSeconds();
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(
                        $$"""{"access_token":"token-of-the-test","expires_on":"{{end}}","resource":"https://storage.azure.com","token_type":"Bearer"}"""
                    );
                    return;
                }

                if (context.Request.Headers.Authorization != "Bearer token-of-the-test")
                {
                    await BlobFront.RefuseAsync(context, 401, "InvalidAuthenticationInfo");
                    return;
                }

                context.Request.Headers.Remove("Authorization");
                await front.PassAsync(context, (context.Request.QueryString.HasValue ? "&" : "?") + sas);
            }
        );
        await using var served = await ServedProgram.StartAsync(Traffic);
        served.Set("WAVEGUIDE_DESTINATION", Address(container, front.Address, ""));
        served.Set("IDENTITY_ENDPOINT", new Uri(front.Address, "/token").AbsoluteUri);
        served.Set("IDENTITY_HEADER", "header-of-the-test");
        served.Set("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
        await LandAsync(served);
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task A_refused_key_ends_the_run_with_4_and_no_secret_is_written_anywhere()
    {
        var key = Convert.ToBase64String(new byte[64]);
        var sas = Sas.OfAccount(key, "rwdlc", TimeProvider.System.GetUtcNow().AddHours(1));
        var container = await azurite.ContainerAsync();
        (string Name, string Secret)[] wrong =
        [
            ("AZURE_STORAGE_KEY", key),
            ("AZURE_STORAGE_SAS_TOKEN", sas),
            ("AZURE_STORAGE_CONNECTION_STRING", $"AccountName={Azurite.Account};AccountKey={key}"),
        ];
        foreach (var (name, secret) in wrong)
        {
            await using var served = await ServedProgram.StartAsync(Traffic);
            served.Set("WAVEGUIDE_DESTINATION", Address(container, container.Endpoint!, ""));
            served.Set(name, secret);
            var (code, output, error) = await served.RunAsync([.. Sync, "--verbose"]);
            Assert.Equal(4, code);
            Assert.Contains("403 Auth", error, StringComparison.Ordinal);
            var written = string.Concat(
                Directory
                    .EnumerateFiles(served.At(""), "*", SearchOption.AllDirectories)
                    .Select(File.ReadAllText)
                    .Prepend(output + error)
            );
            Assert.All(
                [key, sas, WebUtility.UrlEncode(key), sas.Split("sig=")[1]],
                text => Assert.DoesNotContain(text, written, StringComparison.Ordinal)
            );
        }
    }

    private static string Address(AzureBlobOptions container, Uri endpoint, string more) =>
        $"azure://{Azurite.Account}/{container.Container}/lake?endpoint={endpoint}{more}";

    private static async Task LandAsync(ServedProgram served)
    {
        var (code, _, error) = await served.RunAsync(Sync);
        Assert.True(code == 0, error);
        var truth = Enumerable.Range(0, 24).Sum(hour => Traffic.Truth(Day.AddHours(hour)).Events);
        Assert.Equal(
            $"{truth},{truth}",
            await served.QueryAsync("SELECT count(*), count(DISTINCT uuid) FROM amplitude.events")
        );
    }

    private static async Task<List<string>> ObjectsAsync(AzureBlobOptions container)
    {
        await using var store = Azurite.Open(container);
        return await store
            .ListAsync("", default)
            .Select(entry => $"{entry.ModifiedAt:O} {entry.Length} {entry.Key}")
            .ToListAsync();
    }
}
