using System.Text;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>
/// Reads <c>.env</c>: <c>NAME=value</c> with or without <c>export</c>, quotes and comments. Values are taken as they
/// are, so that a <c>$</c> in a key stays one; only a value in double quotes knows the escapes \n, \" and \\.
/// </summary>
internal sealed class EnvFile
{
    private readonly string _text;
    private readonly string _name;
    private int _at;

    private EnvFile(string text, string name) => (_text, _name) = (text, name);

    /// <exception cref="ConfigurationException">A line is not of this form. The message shows nothing of it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text, string name) =>
        new EnvFile(text.ReplaceLineEndings("\n"), name).Parse();

    private Dictionary<string, string> Parse()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        while (_at < _text.Length)
        {
            var start = _at;
            var line = RestOfLine().Trim();
            if (line is "" or ['#', ..])
            {
                _at++;
                continue;
            }

            var key = Name(line);
            if (!IsName(key))
            {
                throw Fault(start, "is not of the form NAME=value");
            }

            _at = _text.IndexOf('=', start) + 1;
            variables[key] = Value(start);
        }

        return variables;
    }

    /// <summary>What stands before the first equals sign; empty when there is none.</summary>
    private static string Name(string line)
    {
        var key = line[..Math.Max(0, line.IndexOf('='))].Trim();
        return
            key.StartsWith("export ", StringComparison.Ordinal) || key.StartsWith("export\t", StringComparison.Ordinal)
            ? key[7..].TrimStart()
            : key;
    }

    private string Value(int start)
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] is '"' or '\'')
        {
            return Quoted(_text[_at], start);
        }

        var value = RestOfLine();
        _at++;
        var comment = value.StartsWith('#') ? 0 : CommentIn(value);
        return (comment < 0 ? value : value[..comment]).Trim();
    }

    private string Quoted(char quote, int start)
    {
        var value = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != quote; _at++)
        {
            var escaped = quote == '"' && _text[_at] == '\\' && _at + 1 < _text.Length;
            value.Append(escaped ? Escape(_text[++_at]) : _text[_at].ToString());
        }

        if (_at == _text.Length)
        {
            throw Fault(start, "opens a quote that is never closed");
        }

        _at++;
        if (RestOfLine().Trim() is not ("" or ['#', ..]))
        {
            throw Fault(start, "goes on after its closing quote");
        }

        _at++;
        return value.ToString();
    }

    private static string Escape(char letter) =>
        letter switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '"' or '\\' or '$' => letter.ToString(),
            _ => $"\\{letter}",
        };

    private static int CommentIn(string value)
    {
        var blank = value.IndexOf(" #", StringComparison.Ordinal);
        var tab = value.IndexOf("\t#", StringComparison.Ordinal);
        return blank < 0 || (tab >= 0 && tab < blank) ? tab : blank;
    }

    private static bool IsName(string key) =>
        key.Length > 0
        && !char.IsAsciiDigit(key[0])
        && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    /// <summary>Moves to the end of the line and returns what lay between.</summary>
    private string RestOfLine()
    {
        var end = _text.IndexOf('\n', _at);
        var rest = _text[_at..(end < 0 ? _text.Length : end)];
        _at += rest.Length;
        return rest;
    }

    private ConfigurationException Fault(int start, string what)
    {
        var line = _text.AsSpan(0, start).Count('\n') + 1;
        return new ConfigurationException($"{_name}, line {line}, {what}. Correct the line, or begin it with #.");
    }
}
