using System.Net;
using System.Net.Sockets;
using Waveguide.Http;
using Waveguide.Simulator;
using Waveguide.Tests.Amplitude;

namespace Waveguide.Tests.Http;

public sealed class NoConnectionTests
{
    [Fact]
    public async Task A_port_where_nobody_listens_is_given_up_after_three_attempts()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        await AssertUnreachedAsync(address);
    }

    [Fact]
    public async Task A_host_that_has_no_address_is_given_up_after_three_attempts() =>
        await AssertUnreachedAsync(new Uri("http://amplitude.invalid"));

    [Fact]
    public async Task A_service_that_does_not_speak_TLS_is_given_up_after_three_attempts()
    {
        await using var server = new RawServer("HTTP/1.1 400 Bad Request", "", "");
        await AssertUnreachedAsync(new UriBuilder(server.Address) { Scheme = "https" }.Uri);
    }

    [Fact]
    public async Task Connecting_that_never_ends_is_no_connection_rather_than_a_cancellation()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(20),
            ConnectCallback = async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return Stream.Null;
            },
        };
        using var http = new HttpClient(handler, disposeHandler: false);
        var failure = await AskedFailureAsync(http);
        Assert.Equal(SourceFailure.Unreachable, failure.Failure);
        Assert.StartsWith("events: no connection to 127.0.0.1:9 (", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(" It was tried three times.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_fails_unwrapped_is_a_failure_like_any_of_the_connection()
    {
        using var handler = new BrokenSocket();
        using var http = new HttpClient(handler, disposeHandler: false);
        var failure = await AskedFailureAsync(http);
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.EndsWith(" It was tried six times.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_closed_without_an_answer_is_tried_as_often_as_any_fault()
    {
        await using var server = new RawServer("");
        var failure = await FailureAsync(server.Address);
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.Contains($"no whole answer from {server.Address.Authority}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(" It was tried six times.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_named_and_not_followed()
    {
        await using var server = new RawServer(
            "HTTP/1.1 302 Found",
            "Location: http://127.0.0.1:9/api/2/export",
            "Connection: close",
            "Content-Length: 0",
            "",
            ""
        );
        var failure = await FailureAsync(server.Address);
        Assert.Equal(SourceFailure.Unavailable, failure.Failure);
        Assert.Contains(
            $"{server.Address.Authority} redirects elsewhere (302), which is not followed",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(6, server.Requests.Count);
    }

    /// <summary>How asking through this client ends.</summary>
    private static async Task<SourceException> AskedFailureAsync(HttpClient http)
    {
        using var sender = new RequestSender(
            http,
            new SendOptions(),
            new ImpatientClock(default),
            new Random(1),
            new LogLines()
        );
        var exchange = new Exchange<int>(
            "events",
            () => new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:9"),
            (_, _, _) => Task.FromResult(1)
        );
        return await Assert.ThrowsAsync<SourceException>(() => sender.SendAsync(exchange, CancellationToken.None));
    }

    private static async Task AssertUnreachedAsync(Uri address)
    {
        var failure = await FailureAsync(address);
        Assert.Equal(SourceFailure.Unreachable, failure.Failure);
        Assert.StartsWith(
            $"events 2025-07-09T08..2025-07-09T11: no connection to {address.Authority} (",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(" It was tried three times.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AMPLITUDE_URL", failure.Hint, StringComparison.Ordinal);
    }

    private static async Task<SourceException> FailureAsync(Uri address)
    {
        await using var desk = await Desk.StartAsync(
            Desk.Simulation(new MemoryData()),
            options => options with { Url = address }
        );
        var failure = await desk.FailureAsync();
        Assert.Equal(0, desk.Calls);
        return failure;
    }

    private sealed class BrokenSocket : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => throw new SocketException((int)SocketError.NotConnected);
    }
}
