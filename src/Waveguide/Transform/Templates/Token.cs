namespace Waveguide.Transform.Templates;

internal enum TokenKind
{
    /// <summary>Text between tags.</summary>
    Data,

    /// <summary><c>{{</c></summary>
    OutputBegin,

    /// <summary><c>}}</c></summary>
    OutputEnd,

    /// <summary><c>{%</c></summary>
    BlockBegin,

    /// <summary><c>%}</c></summary>
    BlockEnd,

    Name,

    /// <summary>A literal; the token's text is its value.</summary>
    Text,
    Number,
    Sign,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    public override string ToString() =>
        Kind switch
        {
            TokenKind.End => "the end of the file",
            TokenKind.Data => "text",
            _ => $"\"{Text}\"",
        };
}
