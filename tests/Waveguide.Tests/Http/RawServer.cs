using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waveguide.Tests.Http;

/// <summary>Gives every request the same bytes and closes; for answers that no web server would give.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[] _answer;
    private readonly List<string> _requests = [];
    private readonly Task _serving;

    public RawServer(params IReadOnlyList<string> lines)
    {
        _answer = Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
        _listener.Start();
        _serving = ServeAsync(_closing.Token);
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The requests so far, with their headers; complete once their answers are read.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 14];
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            var stream = client.GetStream();
            var length = await stream.ReadAsync(buffer, cancellationToken);
            _requests.Add(Encoding.Latin1.GetString(buffer, 0, length));
            await stream.WriteAsync(_answer, cancellationToken);
        }
    }
}
