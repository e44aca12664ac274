using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>
/// A range of a content as a stream that the SDK can rewind. It never ends early: a content that does is a failure, and
/// <see cref="Fault"/> keeps it, because what the SDK makes of it looks like a failure of the network.
/// </summary>
internal sealed class PartStream(ObjectContent content, long offset, long length, Action failed) : Stream
{
    private Stream? _inner;
    private long _innerPosition;
    private long _position;

    /// <summary>Why the content could not be read; null as long as it can.</summary>
    public Exception? Fault { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, length - _position)];
        if (part.Length == 0)
        {
            return 0;
        }

        try
        {
            var inner = await ReachAsync(cancellationToken);
            var read = await inner.ReadAsync(part, cancellationToken);
            _innerPosition += read;
            _position += read;
            return read > 0 ? read : throw Short();
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            Fault = reason;
            failed();
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        _position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => _position,
                _ => length,
            };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _inner?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The content's stream, at the present position.</summary>
    private async ValueTask<Stream> ReachAsync(CancellationToken cancellationToken)
    {
        var wanted = offset + _position;
        if (_inner is null || (!_inner.CanSeek && _innerPosition > wanted))
        {
            _inner?.Dispose();
            _inner = content.Open();
            _innerPosition = 0;
        }

        if (_innerPosition == wanted)
        {
            return _inner;
        }

        if (_inner.CanSeek)
        {
            _inner.Position = wanted;
            _innerPosition = wanted;
            return _inner;
        }

        var passed = new byte[1 << 16];
        while (_innerPosition < wanted)
        {
            var most = (int)Math.Min(passed.Length, wanted - _innerPosition);
            var read = await _inner.ReadAsync(passed.AsMemory(0, most), cancellationToken);
            _innerPosition += read > 0 ? read : throw Short();
        }

        return _inner;
    }

    private EndOfStreamException Short() =>
        new($"its content ended after {_innerPosition:N0} of {content.Length:N0} bytes");
}
