using System.Buffers;
using System.Runtime.CompilerServices;

namespace Waveguide.Scanning;

/// <summary>
/// The lines of a part, one after the other, each with its number and place. Blank lines are passed over. In memory a
/// newline and <see cref="Margin"/> more readable bytes follow each line, unless it is cut.
/// </summary>
internal sealed class LineReader(PartStream stream) : IDisposable
{
    /// <summary>Longest line that is kept whole, in bytes; of a longer one only the beginning is.</summary>
    public const int LongestLine = 128 << 20;

    /// <summary>What may be read behind a line, so that whoever searches it by many bytes at once need not look for its end.</summary>
    public const int Margin = 32;

    private const int FirstSize = 1 << 20;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the current line; the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the current line begins in the decompressed part, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of the part read so far, up to the end of the current line.</summary>
    public long Consumed { get; private set; }

    /// <summary>Whether the current line is only the beginning of one over <see cref="LongestLine"/>.</summary>
    public bool IsCut { get; private set; }

    /// <param name="line">Without the newline; valid until the next call.</param>
    /// <returns>False at the end of the part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (Number == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (line.ContainsAnyExcept(" \t\r"u8))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        stream.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        IsCut = false;
        Offset = Consumed;
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Take(searched + at, newline: 1);
                return true;
            }

            searched = _end - _start;
            if (searched >= LongestLine)
            {
                line = TakeBeginning();
                return true;
            }

            if (_ended)
            {
                line = Take(searched, newline: 0);
                return searched > 0;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int newline)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += length + newline;
        Consumed += length + newline;
        Number++;
        return line;
    }

    /// <summary>Takes what fits, and reads over the rest of the line.</summary>
    private ReadOnlySpan<byte> TakeBeginning()
    {
        var beginning = _buffer.AsSpan(_start, _end - _start).ToArray();
        Consumed += beginning.Length;
        _start = _end;
        while (!_ended)
        {
            Fill();
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var rest = at < 0 ? _end - _start : at + 1;
            _start += rest;
            Consumed += rest;
            if (at >= 0)
            {
                break;
            }
        }

        IsCut = true;
        Number++;
        return beginning;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end - Margin < FirstSize / 4)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = stream.Read(_buffer.AsSpan(_end, _buffer.Length - _end - Margin - 1));
        _end += read;
        _ended = read == 0;
        _buffer[_end] = (byte)'\n';
    }
}
