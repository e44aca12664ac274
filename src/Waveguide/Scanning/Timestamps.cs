namespace Waveguide.Scanning;

/// <summary>
/// Amplitude's times: <c>2025-07-09 00:22:44.545000</c>, UTC. Accepted too are a <c>T</c>, none to nine digits of a
/// second, a <c>Z</c>, and a day alone, as other years and senders have them.
/// </summary>
internal static class Timestamps
{
    /// <param name="micros">Microseconds since 1970, UTC.</param>
    /// <param name="exact">False when the text has more digits than a microsecond holds.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros, out bool exact)
    {
        micros = 0;
        exact = true;
        if (!TryDay(text, out var day))
        {
            return false;
        }

        micros = day * TimeSpan.MicrosecondsPerDay;
        return text.Length == 10 || TryTime(text, ref micros, ref exact);
    }

    private static bool TryDay(ReadOnlySpan<byte> text, out long day)
    {
        day = 0;
        if (
            text.Length < 10
            || text[4] != '-'
            || text[7] != '-'
            || !TryDigits(text[..4], out var year)
            || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var dayOfMonth)
            || year == 0
            || month is 0 or > 12
            || dayOfMonth == 0
            || dayOfMonth > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        day = new DateOnly(year, month, dayOfMonth).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, ref long micros, ref bool exact)
    {
        if (
            text.Length < 19
            || (text[10] is not ((byte)' ' or (byte)'T'))
            || text[13] != ':'
            || text[16] != ':'
            || !TryDigits(text[11..13], out var hour)
            || !TryDigits(text[14..16], out var minute)
            || !TryDigits(text[17..19], out var second)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return false;
        }

        micros += ((((hour * 60L) + minute) * 60) + second) * 1_000_000;
        var rest = text[19..];
        rest = rest.EndsWith("Z"u8) ? rest[..^1] : rest;
        return rest.IsEmpty || (rest[0] == '.' && TryFraction(rest[1..], ref micros, ref exact));
    }

    private static bool TryFraction(ReadOnlySpan<byte> digits, ref long micros, ref bool exact)
    {
        if (digits.Length is 0 or > 9 || !TryDigits(digits, out var fraction))
        {
            return false;
        }

        for (var length = digits.Length; length < 9; length++)
        {
            fraction *= 10;
        }

        micros += fraction / 1000;
        exact = fraction % 1000 == 0;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var number = digit - '0';
            if ((uint)number > 9)
            {
                return false;
            }

            value = (value * 10) + number;
        }

        return true;
    }
}
