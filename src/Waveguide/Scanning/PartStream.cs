using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Waveguide.Scanning;

/// <summary>
/// The JSON lines of a part, decompressed, and proven complete at the end. .NET's <see cref="GZipStream"/> checks CRC
/// and length of every member, but ends without a word where a member is cut short or followed by other bytes. So one
/// more member, whose content is known, is read behind the part's own bytes: only a part that is whole lets it through.
/// </summary>
public sealed class PartStream : IDisposable
{
    private static readonly byte[] Mark = new Guid("5b1d8f1e-31c5-4d0c-9a53-60f2b6d0a7c4").ToByteArray();

    private static readonly byte[] Member = Compress(Mark);

    private readonly SafeFileHandle _file;
    private readonly Stream _lines;
    private readonly byte[] _held = new byte[Mark.Length];
    private readonly long? _packed;
    private long _total;
    private int _heldCount;

    private PartStream(SafeFileHandle file, FetchedPart part, bool isProven)
    {
        _file = file;
        _packed = isProven ? null : part.Length;
        var range = new MarkedRange(file, part.Offset, part.Length, part.IsPlain ? Mark : Member);
        _lines = part.IsPlain ? range : new GZipStream(range, CompressionMode.Decompress);
    }

    public static PartStream Open(FetchedPart part) => new(File.OpenHandle(part.Path), part, isProven: true);

    /// <summary>Opens a part that nobody has read before, and that may expand beyond measure.</summary>
    internal static PartStream OpenUnproven(FetchedPart part) => new(File.OpenHandle(part.Path), part, isProven: false);

    /// <summary>What is to be said of a part that was whole once and is not any more.</summary>
    public static SourceException Changed(FetchedPart part, InvalidDataException reason) =>
        new(SourceFailure.Damaged, $"{part.Name} changed on disk after it was verified: {reason.Message}.", reason);

    /// <summary>What is to be said of a part that was there once and is not any more.</summary>
    internal static SourceException Unreadable(FetchedPart part, Exception reason) =>
        new(
            SourceFailure.NoSpool,
            $"{part.Name} cannot be read from {Path.GetDirectoryName(part.Path)} any more "
                + $"({reason.Message.TrimEnd('.')}).",
            reason
        )
        {
            Hint =
                "Nothing of this slice was loaded. Run again; if something clears that folder, set load.spool to another.",
        };

    /// <summary>Looks at a part's bytes without unpacking them.</summary>
    /// <exception cref="SourceException">They are not those that were verified, or not there.</exception>
    internal static void ThrowIfChanged(FetchedPart part)
    {
        try
        {
            using var file = File.OpenHandle(part.Path);
            using var bytes = new MarkedRange(file, part.Offset, part.Length, []);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != part.Sha256)
            {
                throw Changed(part, new InvalidDataException("its checksum is another"));
            }
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(part, reason);
        }
    }

    /// <summary>What is to be said of a part that came damaged.</summary>
    internal static InvalidDataException Damaged(FetchedPart part, InvalidDataException reason) =>
        new($"{part.Name}: {reason.Message}", reason);

    /// <summary>Fills the buffer from its beginning, at most; 0 at the proven end.</summary>
    /// <exception cref="InvalidDataException">The part is damaged or not complete.</exception>
    public int Read(Span<byte> buffer)
    {
        if (buffer.Length <= _held.Length)
        {
            throw new ArgumentException($"The buffer must be longer than {_held.Length} bytes.", nameof(buffer));
        }

        _held.AsSpan(0, _heldCount).CopyTo(buffer);
        var read = Decompress(buffer[_heldCount..], _held.Length - _heldCount + 1);
        var available = _heldCount + read;
        if (available <= _held.Length)
        {
            return available == _held.Length && buffer[..available].SequenceEqual(Mark)
                ? 0
                : throw new InvalidDataException("it is cut short, or other bytes follow its end");
        }

        if (_packed is { } packed)
        {
            Expansion.ThrowIfBomb(_total += read, packed);
        }

        _heldCount = _held.Length;
        buffer[(available - _heldCount)..available].CopyTo(_held);
        return available - _heldCount;
    }

    private int Decompress(Span<byte> buffer, int least)
    {
        try
        {
            return _lines.ReadAtLeast(buffer, least, throwOnEndOfStream: false);
        }
        catch (InvalidDataException reason)
        {
            throw new InvalidDataException("its gzip checksum is wrong, or it is not gzip", reason);
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.NoCompression))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }

    /// <summary>A range of a file, and behind it the mark, as a gzip member where the range is gzip.</summary>
    private sealed class MarkedRange(SafeFileHandle _file, long offset, long length, byte[] mark) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length + mark.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var left = length - _position;
            int read;
            if (left > 0)
            {
                read = RandomAccess.Read(_file, buffer[..(int)Math.Min(buffer.Length, left)], offset + _position);
            }
            else
            {
                var rest = mark.AsSpan((int)-left);
                read = Math.Min(rest.Length, buffer.Length);
                rest[..read].CopyTo(buffer);
            }

            _position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
