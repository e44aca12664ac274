using System.Text;
using System.Text.RegularExpressions;

namespace Waveguide.Cli.Configuration.Writing;

/// <summary>Writes texts so that they are read back as they were.</summary>
internal static partial class Yaml
{
    private const int WidestComment = 80;

    /// <summary>The text as a value: bare where that is safe, else in double quotes. A <c>${</c> stays one.</summary>
    public static string Text(string text)
    {
        var literal = text.Replace("${", "$${", StringComparison.Ordinal);
        if (Bare().IsMatch(literal))
        {
            return literal;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in literal)
        {
            quoted.Append(
                letter switch
                {
                    '"' or '\\' => $"\\{letter}",
                    < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)letter:x4}",
                    _ => letter.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A description without its marks of Markdown.</summary>
    public static string Plain(string description) => description.Replace("`", "", StringComparison.Ordinal);

    /// <summary>A description as lines of comment that fit a terminal, each with its end.</summary>
    public static string Comment(string description)
    {
        var comment = new StringBuilder("#");
        var width = 1;
        foreach (var word in Plain(description).Split(' '))
        {
            if (width + 1 + word.Length > WidestComment)
            {
                comment.Append("\n#");
                width = 1;
            }

            comment.Append(' ').Append(word);
            width += 1 + word.Length;
        }

        return comment.Append('\n').ToString();
    }

    [GeneratedRegex(
        @"^(?!null$|Null$|NULL$)[A-Za-z./][A-Za-z0-9_./?=&%+:-]*(?<!:)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Bare();
}
