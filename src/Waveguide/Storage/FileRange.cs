using Microsoft.Win32.SafeHandles;

namespace Waveguide.Storage;

/// <summary>A range of a file as a stream of its own.</summary>
internal sealed class FileRange : Stream
{
    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private long _position;

    private FileRange(SafeFileHandle file, long offset, long length)
    {
        _file = file;
        _offset = offset;
        Length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public static FileRange Open(string path, long offset, long length) =>
        new(File.OpenHandle(path, options: FileOptions.Asynchronous), offset, length);

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_file, buffer[..Left(buffer.Length)], _offset + _position);
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var part = buffer[..Left(buffer.Length)];
        var read = await RandomAccess.ReadAsync(_file, part, _offset + _position, cancellationToken);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => _position,
                _ => Length,
            };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private int Left(int wanted) => (int)Math.Min(wanted, Math.Max(0, Length - _position));
}
