using System.Runtime.CompilerServices;

namespace Waveguide.Scanning;

/// <summary>Reads times in the one form of today's exports, <c>"2025-07-09 00:22:44.545000"</c>.</summary>
internal sealed unsafe class OrdinaryTimes
{
    /// <summary>Bytes of such a time, quotes included.</summary>
    public const int Length = 28;

    // The last day's bytes, 0 to 7 and 3 to 10: nearly all times of a part are of the same day, which is then not read.
    // To begin with bytes that no UTF-8 has.
    private ulong _dayBegin = ulong.MaxValue;
    private ulong _dayEnd = ulong.MaxValue;
    private long _dayMicros;

    /// <param name="at">Followed by 32 readable bytes.</param>
    /// <param name="micros">Microseconds since 1970, UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(byte* at, out long micros)
    {
        micros = 0;
        if (at[0] != '"' || !TryDay(at + 1))
        {
            return false;
        }

        var hour = TwoDigits(at + 12);
        var minute = TwoDigits(at + 15);
        var second = TwoDigits(at + 18);
        var begin = TwoDigits(at + 21);
        var middle = TwoDigits(at + 23);
        var end = TwoDigits(at + 25);
        if (
            hour > 23
            || minute > 59
            || second > 59
            || (begin | middle | end) > 127
            || at[14] != ':'
            || at[17] != ':'
            || at[20] != '.'
            || at[27] != '"'
        )
        {
            return false;
        }

        var seconds = (((hour * 60L) + minute) * 60) + second;
        micros = _dayMicros + (seconds * 1_000_000) + (((begin * 100) + middle) * 100) + end;
        return true;
    }

    /// <summary>Reads <c>2025-07-09 </c> up to the blank.</summary>
    private bool TryDay(byte* at)
    {
        var dayBegin = Unsafe.ReadUnaligned<ulong>(at);
        var dayEnd = Unsafe.ReadUnaligned<ulong>(at + 3);
        if (dayBegin == _dayBegin && dayEnd == _dayEnd)
        {
            return true;
        }

        if (at[10] != ' ' || !Timestamps.TryParse(new ReadOnlySpan<byte>(at, 10), out var micros, out _))
        {
            return false;
        }

        (_dayBegin, _dayEnd, _dayMicros) = (dayBegin, dayEnd, micros);
        return true;
    }

    /// <returns>More than 127 where it is no number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TwoDigits(byte* at)
    {
        var tens = (uint)at[0] - '0';
        var ones = (uint)at[1] - '0';
        return tens > 9 || ones > 9 ? 128 : (tens * 10) + ones;
    }
}
