using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.AzureBlob;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.AzureBlob;

/// <summary>Where an account's blobs are, by address, endpoint and connection string.</summary>
public sealed class AddressTests
{
    private static readonly AzureBlobOptions Lake = new()
    {
        Account = "acme",
        Container = "lake",
        Prefix = "a b/c",
    };

    [Theory]
    [InlineData(null, "https://acme.blob.core.windows.net/lake/a%20b/c/k%C3%A9y%2B%23")]
    [InlineData(
        "https://acme.blob.core.usgovcloudapi.net",
        "https://acme.blob.core.usgovcloudapi.net/lake/a%20b/c/k%C3%A9y%2B%23"
    )]
    [InlineData("http://127.0.0.1:10000", "http://127.0.0.1:10000/acme/lake/a%20b/c/k%C3%A9y%2B%23")]
    [InlineData("http://127.0.0.1:10000/acme/", "http://127.0.0.1:10000/acme/lake/a%20b/c/k%C3%A9y%2B%23")]
    public void A_key_is_below_the_prefix_in_the_container_at_the_endpoint(string? endpoint, string address)
    {
        var place = new BlobPlace(Lake, endpoint is null ? null : new Uri(endpoint));
        Assert.Equal(address, place.Of("kéy+#").AbsoluteUri);
        Assert.Equal("azure://acme/lake/a b/c/kéy+#", place.TextOf("kéy+#"));
        Assert.Throws<ArgumentException>(() => place.Of("../other"));
    }

    [Fact]
    public void Plain_http_leaves_this_machine_never() =>
        Assert.Contains(
            "is not https",
            Assert.Throws<ConfigurationException>(() => new BlobPlace(Lake, new Uri("http://acme.example"))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("AccountName=acme;AccountKey=c2VjcmV0", null)]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=c2VjcmV0==;EndpointSuffix=core.chinacloudapi.cn",
        "https://acme.blob.core.chinacloudapi.cn/"
    )]
    [InlineData(
        "BlobEndpoint=https://acme.private.example/;SharedAccessSignature=sv=2018-11-09&sig=a%3D",
        "https://acme.private.example/"
    )]
    public void A_connection_string_says_the_account_its_secret_and_where_it_is(string text, string? endpoint)
    {
        var connection = ConnectionString.Parse(new Secret(text));
        Assert.Equal(endpoint, connection.Endpoint?.AbsoluteUri);
        Assert.Equal(text.Contains("AccountName", StringComparison.Ordinal) ? "acme" : null, connection.Account);
        Assert.True(connection.AccountKey is null != connection.SasToken is null);
    }

    [Theory]
    [InlineData("AccountName=acme", "holds neither AccountKey nor SharedAccessSignature")]
    [InlineData("c2VjcmV0", "has a part that is not name=value")]
    [InlineData("AccountKey=c2VjcmV0;BlobEndpoint=here", "has a BlobEndpoint that is no address")]
    [InlineData(
        "AccountName=other;AccountKey=c2VjcmV0",
        "is of the Azure account \"other\", and the address of \"acme\""
    )]
    public void One_that_opens_nothing_is_refused_without_showing_it(string text, string sentence)
    {
        var refusal = Assert.Throws<ConfigurationException>(() =>
            AzureBlobStore.Open(
                Lake with
                {
                    ConnectionString = new Secret(text),
                },
                TimeProvider.System,
                NullLogger.Instance
            )
        );
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal + refusal.Hint, StringComparison.Ordinal);
    }
}
