using System.Text;

namespace Waveguide.Simulator.Traffic;

/// <summary>JSON text as Amplitude writes it: everything outside ASCII escaped, slashes not.</summary>
internal static class JsonText
{
    /// <summary>The text in quotes; null and the word null become null.</summary>
    public static string Quote(string? text)
    {
        if (text is null or "null")
        {
            return "null";
        }
        var json = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => json.Append('\\').Append(letter),
                '\n' => json.Append("\\n"),
                < ' ' or > '~' => json.Append("\\u").Append(((int)letter).ToString("x4")),
                _ => json.Append(letter),
            };
        }
        return json.Append('"').ToString();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
