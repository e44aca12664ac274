namespace Waveguide.Storage;

/// <summary>
/// An object's bytes as they arrive. Where an answer breaks off or stands still, the rest is asked for, of the same
/// version; the stream never ends before the object does.
/// </summary>
/// <param name="first">The answer's body from the object's beginning; the stream disposes it.</param>
/// <param name="length">Of the object, in bytes.</param>
/// <param name="stall">How long an answer may stand still.</param>
public abstract class ResumedStream(Stream first, long length, TimeSpan stall, TimeProvider clock) : Stream
{
    /// <summary>Breaks in a row, without a byte between them, that are borne.</summary>
    private const int MostBreaks = 5;

    private Stream _body = first;
    private long _position;
    private int _breaks;

    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length { get; } = length;

    public sealed override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public sealed override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        while (_position < Length && buffer.Length > 0)
        {
            if (await TryReadAsync(buffer, cancellationToken) is { } read)
            {
                _position += read;
                _breaks = 0;
                return read;
            }

            await _body.DisposeAsync();
            _body = await OpenRestAsync(_position, cancellationToken);
        }

        return 0;
    }

    public sealed override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public sealed override void Flush() { }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <returns>The body of an answer that begins at this byte of the same version of the object.</returns>
    /// <exception cref="DestinationException">There is none any more, or the service failed.</exception>
    protected abstract Task<Stream> OpenRestAsync(long from, CancellationToken cancellationToken);

    /// <summary>What is thrown when the last break that is borne was followed by another.</summary>
    /// <param name="reason">An <see cref="OperationCanceledException"/> if the answer stood still.</param>
    protected abstract DestinationException Broken(Exception reason, int breaks);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>Null if the answer broke off, and the rest may be asked for.</returns>
    private async Task<int?> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(stall, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var read = await _body.ReadAsync(buffer, both.Token);
            return read > 0
                ? read
                : throw new EndOfStreamException($"it ended after {_position:N0} of {Length:N0} bytes");
        }
        catch (Exception reason)
            when (reason is IOException or HttpRequestException
                || (reason is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return ++_breaks <= MostBreaks ? null : throw Broken(reason, _breaks);
        }
    }
}
