using System.Text;

namespace Waveguide.Tests.Cli;

/// <summary>Reads CSV by the letter of RFC 4180, section 2, and accepts nothing else.</summary>
internal static class CsvText
{
    /// <exception cref="FormatException">The text breaks a rule.</exception>
    public static List<List<string>> Read(string text)
    {
        var records = new List<List<string>>();
        for (var at = 0; at < text.Length; )
        {
            var record = new List<string> { Field(text, ref at) };
            while (at < text.Length && text[at] == ',')
            {
                at++;
                record.Add(Field(text, ref at));
            }

            if (!text.AsSpan(at).StartsWith("\r\n"))
            {
                throw new FormatException($"CRLF or a comma is missing at {at}.");
            }

            at += 2;
            records.Add(record);
        }

        return records;
    }

    private static string Field(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
        {
            return Quoted(text, ref at);
        }

        var length = text.AsSpan(at).IndexOfAny(",\r\n\"");
        var field = length < 0 ? text[at..] : text.Substring(at, length);
        at += field.Length;
        return field;
    }

    private static string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; ; at++)
        {
            if (at == text.Length)
            {
                throw new FormatException("A quotation is not closed.");
            }

            if (text[at] == '"')
            {
                at++;
                if (at == text.Length || text[at] != '"')
                {
                    return field.ToString();
                }
            }

            field.Append(text[at]);
        }
    }
}
