using System.Net;
using Amazon.Runtime;

namespace Waveguide.S3;

/// <summary>
/// Sends bodies without asking first whether they are wanted (<c>Expect: 100-continue</c>), as the SDK does. A service
/// such as Ceph that refuses at once keeps the connection, and takes the body of a client that did not wait long enough
/// for the beginning of the next request, which it then answers with a bare 400.
/// </summary>
internal sealed class UnaskedBodies : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Sender(clientConfig)) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    private sealed class Sender(IClientConfig config)
        : DelegatingHandler(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = config.AllowAutoRedirect,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = config.ConnectTimeout ?? Timeout.InfiniteTimeSpan,
                UseCookies = false,
            }
        )
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Headers.ExpectContinue = false;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
