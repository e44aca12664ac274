using System.Text.Json;

namespace Waveguide.Scanning;

/// <summary>Reads a line of any form: keys in any order, unknown, repeated or escaped, white space, whatever values.</summary>
internal sealed class AnyLine(Table table, KeyIndex keys, RowValues row)
{
    private readonly AnyValue _value = new(row);
    private readonly ScalarText _text = new();
    private readonly bool[] _seen = new bool[table.Columns.Count];

    /// <param name="line">Valid UTF-8.</param>
    /// <returns>False when it is JSON, but not an object.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool TryParse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, AnyValue.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read()) { }
            return false;
        }

        _seen.AsSpan().Clear();
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            var column = Find(ref reader, expected);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            expected = Math.Max(column, expected) + 1;
            Keep(ref reader, column, key, line[start..(int)reader.BytesConsumed]);
        }

        while (reader.Read()) { }
        return true;
    }

    private int Find(ref Utf8JsonReader reader, int expected)
    {
        if (!_text.TryRead(ref reader, out var key))
        {
            return -1;
        }

        return keys.Find(key, expected);
    }

    private void Keep(ref Utf8JsonReader reader, int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw)
    {
        if (column < 0)
        {
            row.KeepExtra(key, raw);
            return;
        }

        if (_seen[column])
        {
            row.SetNull(column);
        }

        _seen[column] = true;
        if (reader.TokenType != JsonTokenType.Null && !_value.TryKeep(ref reader, column, raw))
        {
            row.KeepMisfit(key, raw);
        }
    }
}
