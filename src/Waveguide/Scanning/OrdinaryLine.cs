using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Waveguide.Scanning;

/// <summary>
/// Reads a line in the form that nearly all have: no white space between values, and the table's keys in their order,
/// though some may be missing. What it does not know at a glance it hands on: a value to <see cref="AnyValue"/>, a
/// line to <see cref="AnyLine"/>. Its loops look for no end, because a line is followed by a newline, where each stops.
/// </summary>
internal sealed unsafe class OrdinaryLine(Table table, RowValues row)
{
    /// <summary>Digits of which no integer of 64 bits has too many.</summary>
    private const int SafeDigits = 18;

    private readonly OrdinaryKeys _keys = new(table);
    private readonly OrdinaryTimes _times = new();
    private readonly AnyValue _value = new(row);

    /// <param name="line">Valid UTF-8 without a newline; followed as <see cref="LineReader"/> promises.</param>
    /// <returns>False where the line has another form or is not JSON; some values may be set then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryParse(ReadOnlySpan<byte> line)
    {
        fixed (byte* start = &MemoryMarshal.GetReference(line))
        {
            if (*start != '{')
            {
                return false;
            }

            var at = start;
            for (var column = 0; ; column++)
            {
                column = _keys.Find(++at, column);
                if (column < 0)
                {
                    return false;
                }

                at = Keep(at + _keys.Length(column), column);
                if (at is null)
                {
                    return false;
                }

                if (*at != ',')
                {
                    return *at == '}' && at + 1 == start + line.Length;
                }
            }
        }
    }

    /// <returns>The end of the value; null if it is not JSON in compact form.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private byte* Keep(byte* at, int column)
    {
        if (JsonText.Is(at, "null"u8))
        {
            return at + 4;
        }

        byte* end = null;
        switch (row.Types[column])
        {
            case ColumnType.Json:
                end = JsonText.Skip(at);
                if (end is not null)
                {
                    row.SetText(column, new ReadOnlySpan<byte>(at, (int)(end - at)));
                }

                return end;
            case ColumnType.Text:
                end = KeepText(at, column);
                break;
            case ColumnType.Integer:
                end = KeepInteger(at, column);
                break;
            case ColumnType.Timestamp:
                if (_times.TryRead(at, out var micros))
                {
                    row.SetTime(column, micros);
                    return at + OrdinaryTimes.Length;
                }

                break;
            case ColumnType.Boolean:
                end = KeepBoolean(at, column);
                break;
        }

        return end is null ? KeepAny(at, column) : end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* KeepText(byte* at, int column)
    {
        if (*at != '"')
        {
            return null;
        }

        var end = JsonText.FindStop(at + 1);
        if (*end != '"')
        {
            return null;
        }

        row.SetText(column, new ReadOnlySpan<byte>(at + 1, (int)(end - at) - 1));
        return end + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* KeepInteger(byte* at, int column)
    {
        var isNegative = *at == '-';
        var first = isNegative ? at + 1 : at;
        var end = first;
        var value = 0L;
        for (uint digit; (digit = (uint)*end - '0') <= 9; end++)
        {
            value = unchecked((value * 10) + digit);
        }

        var digits = end - first;
        var isPlain =
            digits is > 0 and <= SafeDigits && (*first != '0' || digits == 1) && *end is (byte)',' or (byte)'}';
        if (!isPlain)
        {
            return null;
        }

        row.SetInteger(column, isNegative ? -value : value);
        return end;
    }

    private byte* KeepBoolean(byte* at, int column)
    {
        if (JsonText.Is(at, "true"u8))
        {
            row.SetBoolean(column, true);
            return at + 4;
        }

        if (JsonText.Is(at, "false"u8))
        {
            row.SetBoolean(column, false);
            return at + 5;
        }

        return null;
    }

    private byte* KeepAny(byte* at, int column)
    {
        var end = JsonText.Skip(at);
        if (end is null)
        {
            return null;
        }

        var raw = new ReadOnlySpan<byte>(at, (int)(end - at));
        var reader = new Utf8JsonReader(raw, AnyValue.ReaderOptions);
        reader.Read();
        reader.Skip();
        if (!_value.TryKeep(ref reader, column, raw))
        {
            var key = new ReadOnlySpan<byte>(at - _keys.Length(column), _keys.Length(column));
            row.KeepMisfit(key[1..^2], raw);
        }

        return end;
    }
}
