using System.Net;
using System.Net.Sockets;
using System.Text;
using Waveguide.AzureBlob;
using Waveguide.Diagnostics;
using Waveguide.Http;
using Waveguide.Storage;

namespace Waveguide.LiveTests.Azure;

/// <summary>What cannot work is told in one sentence with a next step, and without a secret.</summary>
public sealed class BlobFailureTests(Azurite azurite)
{
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);
    private static readonly ObjectContent Text = ObjectContent.Of(Encoding.UTF8.GetBytes("text"));

    [Fact]
    public async Task A_container_that_is_not_there_is_named_with_how_to_make_it()
    {
        var container = await azurite.ContainerAsync() with { Container = "not-there" };
        var failure = await FailureAsync(container);
        Assert.Contains(
            "there is no container \"not-there\" in the account \"waveguide\" (404 ContainerNotFound, request ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("az storage container create", failure.Hint, StringComparison.Ordinal);
        await using var store = Azurite.Open(container);
        await Assert.ThrowsAsync<DestinationException>(() => store.OpenAsync("key", default));
        await Assert.ThrowsAsync<DestinationException>(() => store.DeleteAsync("key", default));
        await Assert.ThrowsAsync<DestinationException>(() => store.LockAsync("waveguide sync", default));
        await Assert.ThrowsAsync<DestinationException>(async () => await store.ListAsync("", default).ToListAsync());
    }

    [Fact]
    public async Task A_key_of_another_account_is_not_believed()
    {
        var container = await azurite.ContainerAsync();
        var key = Convert.ToBase64String(new byte[64]);
        var failure = await FailureAsync(container with { AccountKey = new Secret(key) }, key);
        Assert.Contains("Azure answered 403 Auth", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The key is not one of the account \"waveguide\"", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sas_token_opens_its_container_while_it_lasts_for_what_it_allows()
    {
        var container = await azurite.ContainerAsync() with { AccountKey = null };
        string[] good =
        [
            Sas.OfAccount(azurite.Key, "rwdlc", Later),
            "?" + Sas.OfContainer(azurite.Key, container.Container, "rcwdl", Later),
        ];
        foreach (var token in good)
        {
            await using var store = Azurite.Open(container with { SasToken = new Secret(token) });
            await using var held = await store.LockAsync("waveguide sync", default);
            await store.PutAsync("key", Text, default);
            Assert.Single(await store.ListAsync("", default).ToListAsync());
            await store.DeleteAsync("key", default);
        }

        var ended = Sas.OfAccount(azurite.Key, "rwdlc", Later.AddDays(-1));
        Assert.Contains(
            $"The SAS token ended at {Later.AddDays(-1):yyyy-MM-dd HH:mm} UTC",
            (await FailureAsync(container with { SasToken = new Secret(ended) }, ended)).Hint,
            StringComparison.Ordinal
        );
        var onlyRead = Sas.OfContainer(azurite.Key, container.Container, "rl", Later);
        Assert.Contains(
            "sp=rcwdl",
            (await FailureAsync(container with { SasToken = new Secret(onlyRead) }, onlyRead)).Hint,
            StringComparison.Ordinal
        );
        var forged = Sas.OfAccount(Convert.ToBase64String(new byte[64]), "rwdlc", Later);
        Assert.Contains(
            "is not of this account or container",
            (await FailureAsync(container with { SasToken = new Secret(forged) }, forged)).Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_host_that_does_not_answer_and_one_that_is_not_there_are_told_apart()
    {
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)closed.LocalEndPoint!).Port;
        var container = await azurite.ContainerAsync() with
        {
            Send = new SendOptions { Attempts = 6, BackOff = TimeSpan.FromMilliseconds(1) },
        };
        var silent = await FailureAsync(container with { Endpoint = new Uri($"http://127.0.0.1:{port}") });
        Assert.Contains($"no connection to 127.0.0.1:{port} (", silent.Message, StringComparison.Ordinal);
        Assert.EndsWith("It was tried 3 times.", silent.Message, StringComparison.Ordinal);
        var absent = await FailureAsync(container with { Endpoint = new Uri("https://waveguide.blob.invalid") });
        Assert.Contains("there is no host waveguide.blob.invalid", absent.Message, StringComparison.Ordinal);
        Assert.Contains("the account is called \"waveguide\"", absent.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "AuthenticationFailed", "This machine's clock is 20 minutes fast")]
    [InlineData(403, "AuthorizationPermissionMismatch", "This machine's clock is 20 minutes fast")]
    [InlineData(409, "BlobImmutableDueToPolicy", "keeps its blobs unchangeable")]
    public async Task A_refusal_is_explained_by_what_Azure_says(int status, string code, string hint)
    {
        var container = await azurite.ContainerAsync();
        await using var front = await BlobFront.StartAsync(
            container.Endpoint!,
            (context, _) =>
            {
                context.Response.Headers.Date = $"{TimeProvider.System.GetUtcNow().AddMinutes(-20):R}";
                return BlobFront.RefuseAsync(context, status, code);
            }
        );
        var failure = await FailureAsync(container with { Endpoint = front.Address });
        Assert.Contains(
            $"Azure answered {status} {code}, request request-of-the-front.",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    private async Task<DestinationException> FailureAsync(AzureBlobOptions options, params string[] secrets)
    {
        await using var store = Azurite.Open(options);
        var failure = await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("key", Text, default));
        Assert.StartsWith(
            $"writing azure://waveguide/{options.Container}/key: ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.All(
            [
                azurite.Key,
                .. secrets,
                .. secrets.SelectMany(secret =>
                    secret.Split('&').Where(part => part.StartsWith("sig=", StringComparison.Ordinal))
                ),
            ],
            secret => Assert.DoesNotContain(secret, failure + failure.Hint, StringComparison.Ordinal)
        );
        return failure;
    }
}
