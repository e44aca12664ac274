using Waveguide.AzureBlob;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.AzureBlob;

/// <summary>The text that is signed, as Azure's page "Authorize with Shared Key" describes it.</summary>
public sealed class SharedKeyTests
{
    [Fact]
    public void A_question_without_a_body_is_its_method_its_headers_and_its_resource()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            "https://myaccount.blob.core.windows.net/mycontainer?restype=container&timeout=20&comp=metadata"
        );
        request.Headers.Add("x-ms-version", "2015-02-21");
        request.Headers.Add("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT");
        Assert.Equal(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
                + "/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20",
            SharedKeyCredential.StringToSign("myaccount", request)
        );
    }

    [Fact]
    public void A_body_is_signed_by_its_length_and_its_md5_and_an_empty_one_by_its_md5_alone()
    {
        var write = new BlobRequest("writing", HttpMethod.Put, new Uri("http://127.0.0.1:10000/acme/lake/a%20b"))
        {
            Headers = [("If-None-Match", "*"), ("x-ms-blob-type", "BlockBlob")],
        };
        using var full = (write with { Body = "text"u8.ToArray() }).ToMessage();
        Assert.Equal(
            "PUT\n\n\n4\nHLJR7A1WjeapKbUgxK7Y0Q==\n\n\n\n\n*\n\n\nx-ms-blob-type:BlockBlob\n/acme/acme/lake/a%20b",
            SharedKeyCredential.StringToSign("acme", full)
        );
        using var empty = (write with { Body = Array.Empty<byte>() }).ToMessage();
        Assert.StartsWith(
            "PUT\n\n\n\n1B2M2Y8AsgTpgAmY7PhCfg==\n",
            SharedKeyCredential.StringToSign("acme", empty),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_key_that_is_no_key_is_refused_without_showing_it()
    {
        var refusal = Assert.Throws<ConfigurationException>(() =>
            new SharedKeyCredential("acme", new Secret("not*base64"))
        );
        Assert.DoesNotContain("not*base64", refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("is not Base64", refusal.Message, StringComparison.Ordinal);
    }
}
