using Amazon.S3.Model;

namespace Waveguide.S3;

/// <summary>An object's bytes; where the connection breaks, the rest is asked for, of the same object.</summary>
internal sealed class ResumedStream(S3Objects objects, string key, GetObjectResponse answer) : Stream
{
    /// <summary>Breaks in a row, without a byte between them, that are borne.</summary>
    private const int MostBreaks = 5;

    private readonly string _eTag = answer.ETag;
    private GetObjectResponse _answer = answer;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = answer.ContentLength;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var breaks = 0; ; breaks++)
        {
            if (breaks > 0)
            {
                await ResumeAsync(cancellationToken);
            }

            try
            {
                var read = await _answer.ResponseStream.ReadAsync(buffer, cancellationToken);
                if (read > 0 || buffer.IsEmpty || _position == Length)
                {
                    _position += read;
                    return read;
                }
            }
            catch (IOException) when (breaks < MostBreaks)
            {
                continue;
            }
            catch (IOException reason)
            {
                throw objects.Broken(key, reason);
            }
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _answer.Dispose();
        base.Dispose(disposing);
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _answer.Dispose();
        var rest = new ByteRange(_position, Length - 1);
        _answer =
            await objects.GetAsync(key, rest, _eTag, cancellationToken) ?? throw objects.Broken(key, reason: null);
    }
}
