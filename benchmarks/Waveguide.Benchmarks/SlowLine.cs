using System.Net;
using System.Net.Sockets;

namespace Waveguide.Benchmarks;

/// <summary>Passes TCP connections on to a server on loopback, and lets through only so many bytes a second to it.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    /// <summary>What a line that was idle so long lets through at once, for timers are not exact.</summary>
    private static readonly long Burst = TimeProvider.System.TimestampFrequency / 50;

    private readonly Lock _gate = new();
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly double _bytesPerSecond;
    private readonly Task _accepting;
    private long _free = TimeProvider.System.GetTimestamp();

    public SlowLine(Uri target, double bytesPerSecond)
    {
        _bytesPerSecond = bytesPerSecond;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync(target.Port);
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        while (true)
        {
            _ = ServeAsync(await _listener.AcceptAsync(_stop.Token), port);
        }
    }

    private async Task ServeAsync(Socket client, int port)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await far.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
        near.NoDelay = far.NoDelay = true;
        await Task.WhenAll(PassAsync(near, far, isSlow: true), PassAsync(far, near, isSlow: false));
    }

    private async Task PassAsync(Socket from, Socket to, bool isSlow)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
        {
            if (isSlow && Wait(read) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, TimeProvider.System, _stop.Token);
            }

            await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    /// <returns>How long these bytes have to wait for those before them.</returns>
    private TimeSpan Wait(int bytes)
    {
        lock (_gate)
        {
            var now = TimeProvider.System.GetTimestamp();
            var start = Math.Max(now - Burst, _free);
            _free = start + (long)(bytes / _bytesPerSecond * TimeProvider.System.TimestampFrequency);
            return TimeProvider.System.GetElapsedTime(now, _free);
        }
    }
}
