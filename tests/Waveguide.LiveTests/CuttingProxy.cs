using System.Net;
using System.Net.Sockets;

namespace Waveguide.LiveTests;

/// <summary>
/// Passes TCP connections on to a server, counts their bytes, and at a chosen byte resets them all: once, or until
/// <see cref="Heal"/>.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private long _cutAt = long.MaxValue;
    private bool _forGood;
    private bool _isDown;

    private CuttingProxy(Uri target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target.Port);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Bytes that went through, both ways together.</summary>
    public long Passed { get; private set; }

    /// <summary>Connections that were reset.</summary>
    public int Cuts { get; private set; }

    /// <param name="target">A server on loopback.</param>
    public static CuttingProxy Start(Uri target) => new(target);

    /// <param name="bytes">How many more go through before.</param>
    /// <param name="forGood">Whether new connections are reset too.</param>
    public void CutAfter(long bytes, bool forGood)
    {
        lock (_gate)
        {
            _cutAt = Passed + bytes;
            _forGood = forGood;
        }
    }

    public void Heal()
    {
        lock (_gate)
        {
            _cutAt = long.MaxValue;
            _isDown = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        lock (_gate)
        {
            Reset();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception reason) when (reason is OperationCanceledException or SocketException)
            {
                // It ends, or a client that went away before it was served.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                if (!Enter(client, server))
                {
                    return;
                }

                await server.ConnectAsync(_target);
                await Task.WhenAll(PassAsync(client, server), PassAsync(server, client));
            }
            catch (Exception reason) when (reason is SocketException or ObjectDisposedException)
            {
                // One side went away; the other is told by the end of its connection.
            }
            finally
            {
                Leave(client, server);
            }
        }
    }

    private bool Enter(Socket client, Socket server)
    {
        lock (_gate)
        {
            if (_isDown)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                return false;
            }

            client.NoDelay = server.NoDelay = true;
            _open.Add(client);
            _open.Add(server);
            return true;
        }
    }

    private void Leave(Socket client, Socket server)
    {
        lock (_gate)
        {
            _open.Remove(client);
            _open.Remove(server);
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer) is > 0 and var read)
        {
            var allowed = Count(read);
            await to.SendAsync(buffer.AsMemory(0, allowed));
            if (allowed < read)
            {
                Cut();
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private int Count(int bytes)
    {
        lock (_gate)
        {
            var allowed = (int)Math.Clamp(_cutAt - Passed, 0, bytes);
            Passed += allowed;
            return allowed;
        }
    }

    private void Cut()
    {
        lock (_gate)
        {
            _isDown = _forGood;
            _cutAt = _forGood ? _cutAt : long.MaxValue;
            Reset();
        }
    }

    private void Reset()
    {
        foreach (var socket in _open)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
            Cuts++;
        }

        _open.Clear();
    }
}
