using System.Text;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// Records of comma-separated values by RFC 4180: a field in quotes may hold commas, newlines and doubled quotes. Lines
/// end in a newline with or without a carriage return.
/// </summary>
internal static class CsvRecords
{
    /// <exception cref="InvalidDataException">A quote is not closed, or stands where none may.</exception>
    public static IEnumerable<IReadOnlyList<string>> Read(TextReader text)
    {
        var record = new List<string>();
        while (text.Peek() >= 0)
        {
            record.Add(Field(text, out var last));
            if (last)
            {
                yield return record;
                record = [];
            }
        }

        if (record.Count > 0)
        {
            record.Add(string.Empty);
            yield return record;
        }
    }

    /// <param name="last">Whether the record ends with this field.</param>
    private static string Field(TextReader text, out bool last)
    {
        var field = new StringBuilder();
        if (text.Peek() == '"')
        {
            _ = text.Read();
            ReadQuoted(text, field);
        }

        while (true)
        {
            switch (text.Read())
            {
                case ',':
                    last = false;
                    return field.ToString();
                case '\n' or -1:
                    last = true;
                    return field.ToString();
                case '\r' when text.Peek() is '\n' or -1:
                    break;
                case '"':
                    throw new InvalidDataException("a quote in the middle of a field");
                case var other:
                    field.Append((char)other);
                    break;
            }
        }
    }

    private static void ReadQuoted(TextReader text, StringBuilder field)
    {
        while (true)
        {
            switch (text.Read())
            {
                case -1:
                    throw new InvalidDataException("a quote that is not closed");
                case '"' when text.Peek() == '"':
                    _ = text.Read();
                    field.Append('"');
                    break;
                case '"':
                    return;
                case var other:
                    field.Append((char)other);
                    break;
            }
        }
    }
}
