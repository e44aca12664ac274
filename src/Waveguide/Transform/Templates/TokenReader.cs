namespace Waveguide.Transform.Templates;

/// <summary>The tokens of one file, read from first to last.</summary>
internal sealed class TokenReader(string file, IReadOnlyList<Token> tokens)
{
    private int _at;

    public Token Next => tokens[_at];

    public Place Place => new(file, Next.Line);

    public bool IsSign(string sign) => Next.Is(TokenKind.Sign, sign);

    public bool IsName(string name) => Next.Is(TokenKind.Name, name);

    public bool IsBlock(params ReadOnlySpan<string> names) =>
        Next.Kind == TokenKind.BlockBegin
        && tokens[_at + 1].Kind == TokenKind.Name
        && names.Contains(tokens[_at + 1].Text);

    public bool Takes(TokenKind kind, string text)
    {
        var found = Next.Is(kind, text);
        _at += found ? 1 : 0;
        return found;
    }

    public Token Take() => tokens[_at++];

    /// <exception cref="ConfigurationException">Something else comes.</exception>
    public Token Take(TokenKind kind, string wanted) => Next.Kind == kind ? Take() : throw Unexpected(wanted);

    /// <inheritdoc cref="Take(TokenKind, string)"/>
    public void TakeSign(string sign)
    {
        if (!Takes(TokenKind.Sign, sign))
        {
            throw Unexpected($"\"{sign}\"");
        }
    }

    public ConfigurationException Unexpected(string wanted) => Place.Fault($"found {Next} in place of {wanted}");
}
