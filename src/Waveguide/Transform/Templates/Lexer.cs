using System.Text;

namespace Waveguide.Transform.Templates;

/// <summary>
/// Cuts a template into tokens, as Jinja does in its standard settings: comments vanish, a <c>-</c> inside a tag's edge
/// takes the blanks beyond it, and the file's last line end does not count.
/// </summary>
internal sealed class Lexer(string file, string template)
{
    private const string Signs = "()[]{}.,:|~+-*/%=<>!";

    private static readonly string[] LongSigns = ["==", "!=", "<=", ">=", "//", "**"];

    private readonly string _text = WithoutLastLineEnd(template.ReplaceLineEndings("\n"));
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    /// <exception cref="ConfigurationException">A tag, comment or literal has no end, or holds a sign that means nothing.</exception>
    public IReadOnlyList<Token> Read()
    {
        var trim = false;
        while (_at < _text.Length)
        {
            var tag = NextTag();
            AddData(tag, trim);
            trim = tag < _text.Length && ReadTag();
        }

        _tokens.Add(new Token(TokenKind.End, string.Empty, _line));
        return _tokens;
    }

    private static string WithoutLastLineEnd(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private int NextTag()
    {
        for (var at = _at; at + 1 < _text.Length; at++)
        {
            if (_text[at] == '{' && _text[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return _text.Length;
    }

    private void AddData(int until, bool trim)
    {
        var data = _text[_at..until];
        var shown = trim ? data.TrimStart() : data;
        if (until + 2 < _text.Length && _text[until + 2] == '-')
        {
            shown = shown.TrimEnd();
        }

        if (shown.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Data, shown, _line));
        }

        Advance(data.Length);
    }

    /// <returns>Whether the tag takes the blanks after it.</returns>
    private bool ReadTag()
    {
        var opened = _line;
        if (_text[_at + 1] == '#')
        {
            var end = _text.IndexOf("#}", _at + 2, StringComparison.Ordinal);
            Advance((end < 0 ? throw new Place(file, opened).Fault("a comment {# has no end #}") : end + 2) - _at);
            return _text[end - 1] == '-';
        }

        var (close, kind) = _text[_at + 1] == '{' ? ("}}", TokenKind.OutputEnd) : ("%}", TokenKind.BlockEnd);
        _tokens.Add(new Token(kind - 1, _text.Substring(_at, 2), _line));
        Advance(2);
        Advance(_at < _text.Length && _text[_at] is '-' or '+' ? 1 : 0);
        var depth = 0;
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                throw new Place(file, opened).Fault($"a tag has no end {close}");
            }

            var trims = _text[_at] == '-' && Follows(close, _at + 1);
            if (depth == 0 && (trims || Follows(close, _at)))
            {
                _tokens.Add(new Token(kind, close, _line));
                Advance(trims ? 3 : 2);
                return trims;
            }

            depth += ReadToken();
        }
    }

    /// <returns>How much deeper the token leads into brackets.</returns>
    private int ReadToken()
    {
        var first = _text[_at];
        if (first is '\'' or '"')
        {
            ReadText(first);
            return 0;
        }

        if (char.IsAsciiLetter(first) || first == '_')
        {
            Add(TokenKind.Name, Length(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));
            return 0;
        }

        if (char.IsAsciiDigit(first))
        {
            Add(TokenKind.Number, NumberLength());
            return 0;
        }

        if (LongSigns.Any(sign => Follows(sign, _at)))
        {
            Add(TokenKind.Sign, 2);
            return 0;
        }

        if (!Signs.Contains(first, StringComparison.Ordinal))
        {
            throw new Place(file, _line).Fault($"\"{first}\" means nothing here");
        }

        Add(TokenKind.Sign, 1);
        return first is '(' or '[' or '{' ? 1
            : first is ')' or ']' or '}' ? -1
            : 0;
    }

    private int NumberLength()
    {
        var whole = Length(char.IsAsciiDigit);
        var isFraction =
            _at + whole + 1 < _text.Length && _text[_at + whole] == '.' && char.IsAsciiDigit(_text[_at + whole + 1]);
        return isFraction ? whole + 1 + Length(char.IsAsciiDigit, whole + 1) : whole;
    }

    private void ReadText(char quote)
    {
        var (opened, value) = (_line, new StringBuilder());
        var at = _at + 1;
        for (; at < _text.Length && _text[at] != quote; at++)
        {
            value.Append(_text[at] == '\\' && at + 1 < _text.Length ? Escaped(_text[++at]) : _text[at].ToString());
        }

        if (at >= _text.Length)
        {
            throw new Place(file, opened).Fault($"a text has no end {quote}");
        }

        _tokens.Add(new Token(TokenKind.Text, value.ToString(), _line));
        Advance(at + 1 - _at);
    }

    private static string Escaped(char letter) =>
        letter switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '\\' or '\'' or '"' => letter.ToString(),
            _ => $"\\{letter}",
        };

    private void Add(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, _text.Substring(_at, length), _line));
        Advance(length);
    }

    private int Length(Func<char, bool> belongs, int skip = 0)
    {
        var end = _at + skip;
        while (end < _text.Length && belongs(_text[end]))
        {
            end++;
        }

        return end - _at - skip;
    }

    private bool Follows(string sign, int at) =>
        at + sign.Length <= _text.Length && _text.AsSpan(at, sign.Length).SequenceEqual(sign);

    private void SkipBlanks() => Advance(Length(char.IsWhiteSpace));

    private void Advance(int length)
    {
        _line += _text.AsSpan(_at, length).Count('\n');
        _at += length;
    }
}
