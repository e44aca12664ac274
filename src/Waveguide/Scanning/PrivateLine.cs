using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waveguide.Scanning;

/// <summary>
/// Writes a table's lines again without what is private: the values of its private columns, and copies of them elsewhere
/// in the line. Used by one thread at a time.
/// </summary>
internal sealed class PrivateLine
{
    private const string AddressColumn = "ip_address";

    private readonly Table _table;
    private readonly KeyIndex _keys;
    private readonly PrivateValue?[] _values;
    private readonly PrivateCopies _copies = new();
    private readonly List<string?> _shown = [];
    private readonly ScalarText _text = new();
    private readonly ArrayBufferWriter<byte> _line = new(1 << 12);
    private readonly ArrayBufferWriter<byte> _string = new(1 << 8);

    private PrivateLine(Table table, PrivateValue?[] values)
    {
        _table = table;
        _keys = new KeyIndex(table);
        _values = values;
    }

    /// <returns>Null where the table has nothing private.</returns>
    public static PrivateLine? Of(Table table, Privacy privacy)
    {
        PrivateValue?[] values = [.. table.Columns.Select(column => ValueOf(column, privacy))];
        return values.All(value => value is null) ? null : new PrivateLine(table, values);
    }

    /// <summary>The line with x for each letter and 0 for each digit: where it is broken can be seen, and what it said cannot.</summary>
    public static byte[] Masked(ReadOnlySpan<byte> line)
    {
        var masked = line.ToArray();
        foreach (ref var sign in masked.AsSpan())
        {
            sign =
                char.IsAsciiDigit((char)sign) ? (byte)'0'
                : char.IsAsciiLetter((char)sign) || sign >= 0x80 ? (byte)'x'
                : sign;
        }

        return masked;
    }

    /// <param name="line">Valid UTF-8.</param>
    /// <param name="rewritten">Valid until the next call; followed as <see cref="LineReader"/> promises, if the line is.</param>
    /// <returns>False when the line is JSON, but not an object.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool TryRewrite(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rewritten)
    {
        _copies.Clear();
        _shown.Clear();
        rewritten = line;
        if (!TryFind(line))
        {
            return false;
        }

        if (_shown.Count > 0)
        {
            Write(line);
            var length = _line.WrittenCount;
            _line.Write("\n"u8);
            _line.GetSpan(LineReader.Margin);
            rewritten = _line.WrittenSpan[..length];
        }

        return true;
    }

    private static PrivateValue? ValueOf(Column column, Privacy privacy)
    {
        var isAddress = column.Name == AddressColumn;
        var form =
            privacy.Drop.Contains(column.Name) ? PrivateForm.Drop
            : privacy.Hash.Contains(column.Name) ? PrivateForm.Hmac
            : isAddress ? privacy.Address
            : PrivateForm.Keep;
        return form == PrivateForm.Keep ? null : new PrivateValue(form, privacy.Key, isAddress);
    }

    /// <summary>Finds what is private, in the order of the line: it may have been copied to before its own place.</summary>
    private bool TryFind(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, AnyValue.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read()) { }
            return false;
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(ref reader, expected);
            expected = Math.Max(column, expected) + 1;
            reader.Read();
            if (column >= 0 && _values[column] is { } value)
            {
                _shown.Add(Show(ref reader, value));
            }

            reader.Skip();
        }

        while (reader.Read()) { }
        return true;
    }

    private int Find(ref Utf8JsonReader reader, int expected) =>
        _text.TryRead(ref reader, out var key) ? _keys.Find(key, expected) : -1;

    private string? Show(ref Utf8JsonReader reader, PrivateValue value)
    {
        if (
            reader.TokenType is JsonTokenType.Null or JsonTokenType.StartObject or JsonTokenType.StartArray
            || !_text.TryRead(ref reader, out var text)
        )
        {
            return null;
        }

        var shown = value.Show(text);
        if (value.HidesCopies)
        {
            _copies.Add(text, shown, value.IsAddress);
        }

        return shown;
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        _line.ResetWrittenCount();
        var reader = new Utf8JsonReader(line, AnyValue.ReaderOptions);
        var (from, shown, column) = (0, 0, -1);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                column = Find(ref reader, column + 1);
                if (column >= 0 && _values[column] is not null)
                {
                    reader.Read();
                    _line.Write(line[from..(int)reader.TokenStartIndex]);
                    WriteText(_shown[shown++]);
                    reader.Skip();
                    from = (int)reader.BytesConsumed;
                    continue;
                }
            }

            if (TryReplace(ref reader, column, out var length))
            {
                _line.Write(line[from..start]);
                var isNothing = length == reader.ValueSpan.Length && _string.WrittenCount == 0;
                WriteText(isNothing ? null : Encoding.UTF8.GetString(_string.WrittenSpan));
                from = start + length;
            }
        }

        _line.Write(line[from..]);
    }

    /// <param name="length">Bytes of the token in the line.</param>
    /// <returns>Whether the token holds a copy; if so, its text without it is in <see cref="_string"/>.</returns>
    private bool TryReplace(ref Utf8JsonReader reader, int column, out int length)
    {
        length = reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.Number ? 0 : 2);
        var isText = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number;
        var isOwn = reader.CurrentDepth == 1 && column >= 0;
        if (!isText || (isOwn && (reader.TokenType == JsonTokenType.PropertyName || IsKey(column))))
        {
            return false;
        }

        _string.ResetWrittenCount();
        var text = _text.TryRead(ref reader, out var plain) ? plain : reader.ValueSpan;
        var onlyAddresses = isOwn && _table.Columns[column].Type != ColumnType.Json;
        return _copies.TryReplace(text, onlyAddresses, _string);
    }

    private bool IsKey(int column) => _table.PrimaryKey.Contains(_table.Columns[column].Name);

    private void WriteText(string? text)
    {
        if (text is null)
        {
            _line.Write("null"u8);
            return;
        }

        _line.Write("\""u8);
        _line.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        _line.Write("\""u8);
    }
}
