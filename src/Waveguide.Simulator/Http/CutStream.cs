namespace Waveguide.Simulator.Http;

/// <summary>Passes on the first bytes, then throws <see cref="EndOfStreamException"/>.</summary>
internal sealed class CutStream(Stream inner, long limit) : Stream
{
    private long _left = limit;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var passed = (int)Math.Min(_left, buffer.Length);
        await inner.WriteAsync(buffer[..passed], cancellationToken);
        _left -= passed;
        if (passed < buffer.Length)
        {
            await inner.FlushAsync(cancellationToken);
            throw new EndOfStreamException("The body is cut here.");
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
