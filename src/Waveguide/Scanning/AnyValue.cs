using System.Text.Json;

namespace Waveguide.Scanning;

/// <summary>Puts a value of any form in its column.</summary>
internal sealed class AnyValue(RowValues row)
{
    private readonly ScalarText _text = new();

    /// <summary>Deeper than any line is long enough for.</summary>
    public static JsonReaderOptions ReaderOptions => new() { MaxDepth = int.MaxValue };

    /// <param name="reader">At the value; if it is an object or array, at its end.</param>
    /// <param name="raw">The value's bytes.</param>
    /// <returns>False where it does not fit, or not all of it.</returns>
    public bool TryKeep(ref Utf8JsonReader reader, int column, ReadOnlySpan<byte> raw)
    {
        switch (row.Types[column])
        {
            case ColumnType.Json:
                row.SetText(column, raw);
                return true;
            case ColumnType.Text:
                return TryText(ref reader, column);
            case ColumnType.Integer:
                return TryInteger(ref reader, column);
            case ColumnType.Number:
                return TryNumber(ref reader, column);
            case ColumnType.Boolean:
                return TryBoolean(ref reader, column);
            default:
                return TryTime(ref reader, column);
        }
    }

    private bool TryText(ref Utf8JsonReader reader, int column)
    {
        if (
            reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray
            || !_text.TryRead(ref reader, out var text)
        )
        {
            return false;
        }

        row.SetText(column, text);
        return true;
    }

    private bool TryInteger(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value))
        {
            return false;
        }

        row.SetInteger(column, value);
        return true;
    }

    private bool TryNumber(ref Utf8JsonReader reader, int column)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            return false;
        }

        row.SetNumber(column, value);
        return true;
    }

    /// <summary>Text booleans occur in real rows (amplitude-api.md A.8); an empty one means none.</summary>
    private bool TryBoolean(ref Utf8JsonReader reader, int column)
    {
        if (
            reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray
            || !_text.TryRead(ref reader, out var text)
        )
        {
            return false;
        }

        var isTrue = text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8);
        if (isTrue || text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8))
        {
            row.SetBoolean(column, isTrue);
            return true;
        }

        return text.IsEmpty;
    }

    private bool TryTime(ref Utf8JsonReader reader, int column)
    {
        if (
            reader.TokenType != JsonTokenType.String
            || !_text.TryRead(ref reader, out var text)
            || !Timestamps.TryParse(text, out var micros, out var exact)
        )
        {
            return false;
        }

        row.SetTime(column, micros);
        return exact;
    }
}
