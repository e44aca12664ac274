using System.Buffers.Text;

namespace Waveguide.Simulator.Traffic;

/// <summary>A growing buffer of UTF-8, used again for every row.</summary>
internal sealed class RowBuffer
{
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;
    private long _day = long.MinValue;
    private readonly byte[] _dayText = new byte[10];

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public RowBuffer Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
        return this;
    }

    public RowBuffer Add(string ascii)
    {
        _length += System.Text.Encoding.ASCII.GetBytes(ascii, Room(ascii.Length));
        return this;
    }

    public RowBuffer Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
        return this;
    }

    public RowBuffer Decimal(double value)
    {
        value.TryFormat(Room(32), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
        return this;
    }

    public RowBuffer Quoted(Guid value)
    {
        var room = Room(38);
        room[0] = (byte)'"';
        Utf8Formatter.TryFormat(value, room[1..], out var written);
        room[written + 1] = (byte)'"';
        _length += written + 2;
        return this;
    }

    /// <summary>The form <c>"2025-07-09 00:04:26.664000"</c>.</summary>
    public RowBuffer Time(long milliseconds)
    {
        var (day, time) = Math.DivRem(milliseconds, 86_400_000);
        if (day != _day)
        {
            DateTime.UnixEpoch.AddDays(day).TryFormat(_dayText, out _, "yyyy-MM-dd");
            _day = day;
        }
        var room = Room(28);
        room[0] = (byte)'"';
        _dayText.CopyTo(room[1..]);
        room[11] = (byte)' ';
        Digits(room[12..], (int)(time / 3_600_000), 2);
        room[14] = (byte)':';
        Digits(room[15..], (int)(time / 60_000 % 60), 2);
        room[17] = (byte)':';
        Digits(room[18..], (int)(time / 1_000 % 60), 2);
        room[20] = (byte)'.';
        Digits(room[21..], (int)(time % 1_000), 3);
        "000\""u8.CopyTo(room[24..]);
        _length += 28;
        return this;
    }

    private static void Digits(Span<byte> room, int value, int count)
    {
        for (var place = count - 1; place >= 0; place--)
        {
            room[place] = (byte)('0' + value % 10);
            value /= 10;
        }
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        }
        return _bytes.AsSpan(_length);
    }
}
