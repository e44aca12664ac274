using System.Text.Json;
using System.Text.Unicode;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>
/// One JSON line into one row of vectors. What does not fit its column is left null there and kept among the extra
/// keys; what is not one JSON object is refused. Used by one thread at a time.
/// </summary>
internal sealed class RowParser
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 1 << 20 };

    private readonly ColumnType[] _types;
    private readonly int[] _positions;
    private readonly int _extraPosition;
    private readonly int _keyColumn;
    private readonly KeyIndex _keys;
    private readonly ExtraKeys _extra = new();
    private readonly bool[] _seen;
    private byte[] _scratch = new byte[1024];

    /// <param name="positions">For each landed column its position in the chunk, or -1 where it is not asked for.</param>
    public RowParser(Table table, KeyIndex keys, int[] positions)
    {
        _keys = keys;
        _positions = positions;
        _types = [.. table.Columns.Select(column => column.Type)];
        _seen = new bool[_types.Length];
        _extraPosition = positions[_types.Length];
        _keyColumn = table.PrimaryKey is [var key]
            ? table.Columns.ToList().FindIndex(column => column.Name == key)
            : -1;
    }

    /// <summary>The value of the row's single primary key; null if it has none.</summary>
    public UInt128? Key { get; private set; }

    /// <summary>Whether some value did not fit its column.</summary>
    public bool IsRepaired { get; private set; }

    /// <param name="chunk">Whose row is all null; when the line is refused, some values of it may be set.</param>
    /// <returns>Why the line is refused; null if it is not.</returns>
    public string? Parse(ReadOnlySpan<byte> line, TableScanChunk chunk, int row)
    {
        Key = null;
        IsRepaired = false;
        _extra.Clear();
        _seen.AsSpan().Clear();
        if (!Utf8.IsValid(line))
        {
            return "not valid UTF-8";
        }

        try
        {
            return ParseObject(line, chunk, row);
        }
        catch (JsonException reason)
        {
            return $"not JSON at byte {reason.BytePositionInLine}";
        }
    }

    private string? ParseObject(ReadOnlySpan<byte> line, TableScanChunk chunk, int row)
    {
        var reader = new Utf8JsonReader(line, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read()) { }
            return "JSON, but not an object";
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            var column = reader.ValueIsEscaped ? FindUnescaped(ref reader) : _keys.Find(key, expected);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
            }

            var raw = line[start..(int)reader.BytesConsumed];
            expected = Math.Max(column, expected) + 1;
            Keep(ref reader, new Value(column, key, raw), chunk, row);
        }

        while (reader.Read()) { }
        if (!_extra.IsEmpty && _extraPosition >= 0)
        {
            chunk[_extraPosition].SetUtf8(row, _extra.Close());
        }

        return null;
    }

    private int FindUnescaped(ref Utf8JsonReader reader)
    {
        var length = Unescape(ref reader);
        return length < 0 ? -1 : _keys.Find(_scratch.AsSpan(0, length), expected: 0);
    }

    private void Keep(ref Utf8JsonReader reader, Value value, TableScanChunk chunk, int row)
    {
        if (value.Column < 0)
        {
            _extra.Add(value.Key, value.Raw);
            return;
        }

        var position = _positions[value.Column];
        if (_seen[value.Column] && position >= 0)
        {
            chunk[position].SetNull(row);
        }

        _seen[value.Column] = true;
        if (value.Column == _keyColumn)
        {
            Key = null;
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var cell = new Cell(chunk, position, row);
        if (!TryKeep(ref reader, value, cell))
        {
            IsRepaired = true;
            _extra.Add(value.Key, value.Raw);
        }
    }

    private bool TryKeep(ref Utf8JsonReader reader, Value value, Cell cell)
    {
        switch (_types[value.Column])
        {
            case ColumnType.Json:
                cell.SetUtf8(value.Raw);
                return true;
            case ColumnType.Text:
                return TryText(ref reader, value, cell);
            case ColumnType.Integer:
                return reader.TokenType == JsonTokenType.Number
                    && reader.TryGetInt64(out var integer)
                    && cell.SetInt64(integer);
            case ColumnType.Number:
                return reader.TokenType == JsonTokenType.Number
                    && reader.TryGetDouble(out var number)
                    && double.IsFinite(number)
                    && cell.SetDouble(number);
            case ColumnType.Boolean:
                return TryBoolean(ref reader, cell);
            default:
                return TryTimestamp(ref reader, cell);
        }
    }

    private bool TryText(ref Utf8JsonReader reader, Value value, Cell cell)
    {
        if (
            reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray
            || !TryContent(ref reader, out var text)
        )
        {
            return false;
        }

        if (value.Column == _keyColumn)
        {
            Key = RowKey.Of(text);
        }

        cell.SetUtf8(text);
        return true;
    }

    /// <summary>Text booleans occur in real rows (amplitude-api.md A.8); an empty one means none.</summary>
    private bool TryBoolean(ref Utf8JsonReader reader, Cell cell)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return cell.SetBoolean(reader.TokenType == JsonTokenType.True);
        }

        if (
            reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)
            || !TryContent(ref reader, out var text)
        )
        {
            return false;
        }

        if (text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8))
        {
            return cell.SetBoolean(true);
        }

        return text.IsEmpty || ((text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8)) && cell.SetBoolean(false));
    }

    private bool TryTimestamp(ref Utf8JsonReader reader, Cell cell)
    {
        if (
            reader.TokenType != JsonTokenType.String
            || !TryContent(ref reader, out var text)
            || !Timestamps.TryParse(text, out var micros, out var exact)
        )
        {
            return false;
        }

        cell.SetTimestamp(micros);
        return exact;
    }

    /// <summary>A scalar's text: of a string what is between its quotes, without escapes.</summary>
    private bool TryContent(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            var length = Unescape(ref reader);
            text = _scratch.AsSpan(0, Math.Max(length, 0));
            return length >= 0;
        }

        return true;
    }

    /// <summary>Writes the text without its escapes to <see cref="_scratch"/>.</summary>
    /// <returns>Its length; -1 where it holds half a surrogate pair, which no UTF-8 can say.</returns>
    private int Unescape(ref Utf8JsonReader reader)
    {
        if (_scratch.Length < reader.ValueSpan.Length)
        {
            _scratch = new byte[reader.ValueSpan.Length * 2];
        }

        try
        {
            return reader.CopyString(_scratch);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    /// <param name="column">Position in the table, or -1.</param>
    /// <param name="key">As it stands between the quotes.</param>
    /// <param name="raw">The value's bytes.</param>
    private readonly ref struct Value(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw)
    {
        public readonly int Column = column;
        public readonly ReadOnlySpan<byte> Key = key;
        public readonly ReadOnlySpan<byte> Raw = raw;
    }

    /// <summary>Where a value goes; nowhere if its column is not asked for.</summary>
    private readonly struct Cell(TableScanChunk chunk, int position, int row)
    {
        public void SetUtf8(ReadOnlySpan<byte> text)
        {
            if (position >= 0)
            {
                chunk[position].SetUtf8(row, text);
            }
        }

        public bool SetInt64(long value)
        {
            if (position >= 0)
            {
                chunk[position].SetInt64(row, value);
            }

            return true;
        }

        public bool SetDouble(double value)
        {
            if (position >= 0)
            {
                chunk[position].SetDouble(row, value);
            }

            return true;
        }

        public bool SetBoolean(bool value)
        {
            if (position >= 0)
            {
                chunk[position].SetBoolean(row, value);
            }

            return true;
        }

        public void SetTimestamp(long micros)
        {
            if (position >= 0)
            {
                chunk[position].SetTimestampMicros(row, micros);
            }
        }
    }
}
