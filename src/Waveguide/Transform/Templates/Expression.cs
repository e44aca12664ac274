namespace Waveguide.Transform.Templates;

internal abstract record Expression(Place Place)
{
    internal sealed record Literal(object? Value, Place Place) : Expression(Place);

    internal sealed record Variable(string Text, Place Place) : Expression(Place);

    /// <summary><c>target.key</c></summary>
    internal sealed record Member(Expression Target, string Key, Place Place) : Expression(Place);

    /// <summary><c>target[key]</c></summary>
    internal sealed record Item(Expression Target, Expression Key, Place Place) : Expression(Place);

    internal sealed record Call(Expression Target, ArgumentList Arguments, Place Place) : Expression(Place);

    /// <summary><c>target | name(arguments)</c></summary>
    internal sealed record Filter(Expression Target, string Name, ArgumentList Arguments, Place Place)
        : Expression(Place);

    /// <summary><c>target is name</c></summary>
    internal sealed record Test(Expression Target, string Name, Place Place) : Expression(Place);

    internal sealed record ListOf(IReadOnlyList<Expression> Items, Place Place) : Expression(Place);

    internal sealed record DictionaryOf(IReadOnlyList<(Expression Key, Expression Value)> Items, Place Place)
        : Expression(Place);

    internal sealed record Not(Expression Operand, Place Place) : Expression(Place);

    internal sealed record Binary(string Sign, Expression Left, Expression Right, Place Place) : Expression(Place);

    /// <summary><c>then if condition else otherwise</c>; nothing where there is no otherwise.</summary>
    internal sealed record Choice(Expression Then, Expression Condition, Expression? Otherwise, Place Place)
        : Expression(Place);
}

internal sealed record ArgumentList(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<(string Name, Expression Value)> Named
)
{
    public static ArgumentList None { get; } = new([], []);
}
