using System.Globalization;

namespace Waveguide.Transform.Templates;

/// <summary>Reads an expression by Jinja's rules of precedence.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly string[][] Levels =
    [
        ["or"],
        ["and"],
        [],
        ["==", "!=", "<", "<=", ">", ">="],
        ["+", "-"],
        ["~"],
        ["*"],
    ];

    private const int NotLevel = 2;
    private const int ComparisonLevel = 3;

    /// <exception cref="ConfigurationException">It is no expression, or one of a kind that is not known here.</exception>
    public Expression Read()
    {
        var place = tokens.Place;
        var value = Level(0);
        while (tokens.Takes(TokenKind.Name, "if"))
        {
            var condition = Level(0);
            var otherwise = tokens.Takes(TokenKind.Name, "else") ? Read() : null;
            value = new Expression.Choice(value, condition, otherwise, place);
        }

        return value;
    }

    /// <summary>What stands between the brackets of a call, the closing one included.</summary>
    public ArgumentList Arguments()
    {
        tokens.TakeSign("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!tokens.Takes(TokenKind.Sign, ")"))
        {
            var value = Read();
            if (value is Expression.Variable name && tokens.Takes(TokenKind.Sign, "="))
            {
                named.Add((name.Text, Read()));
            }
            else if (named.Count == 0)
            {
                positional.Add(value);
            }
            else
            {
                throw value.Place.Fault("an argument without a name stands after one with a name");
            }

            EndOfItem(")");
        }

        return new ArgumentList(positional, named);
    }

    private Expression Level(int level)
    {
        if (level == NotLevel)
        {
            var place = tokens.Place;
            return tokens.Takes(TokenKind.Name, "not") ? new Expression.Not(Level(NotLevel), place) : Level(level + 1);
        }

        if (level == Levels.Length)
        {
            return Filtered(Operand());
        }

        var left = Level(level + 1);
        while (Operator(level) is { } sign)
        {
            var place = tokens.Place;
            var binary = new Expression.Binary(sign.Text, left, Level(level + 1), place);
            left = sign.IsNegated ? new Expression.Not(binary, place) : binary;
        }

        return left;
    }

    private (string Text, bool IsNegated)? Operator(int level)
    {
        var next = tokens.Next;
        if (next.Kind is TokenKind.Sign or TokenKind.Name && Levels[level].Contains(next.Text))
        {
            return (tokens.Take().Text, false);
        }

        if (level != ComparisonLevel || next.Kind != TokenKind.Name || next.Text is not ("in" or "not"))
        {
            return null;
        }

        var isNegated = tokens.Takes(TokenKind.Name, "not");
        return tokens.Takes(TokenKind.Name, "in") ? ("in", isNegated) : throw tokens.Unexpected("\"in\"");
    }

    private Expression Filtered(Expression value)
    {
        while (true)
        {
            var place = tokens.Place;
            if (tokens.Takes(TokenKind.Sign, "|"))
            {
                var name = tokens.Take(TokenKind.Name, "the name of a filter").Text;
                var arguments = tokens.IsSign("(") ? Arguments() : ArgumentList.None;
                value = new Expression.Filter(value, name, arguments, place);
            }
            else if (tokens.Takes(TokenKind.Name, "is"))
            {
                var isNegated = tokens.Takes(TokenKind.Name, "not");
                var name = tokens.Take(TokenKind.Name, "the name of a test").Text;
                var test = new Expression.Test(value, name, place);
                value = isNegated ? new Expression.Not(test, place) : test;
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Operand()
    {
        var value = Primary();
        while (true)
        {
            var place = tokens.Place;
            if (tokens.Takes(TokenKind.Sign, "."))
            {
                value = new Expression.Member(value, tokens.Take(TokenKind.Name, "a name").Text, place);
            }
            else if (tokens.Takes(TokenKind.Sign, "["))
            {
                value = new Expression.Item(value, Read(), place);
                tokens.TakeSign("]");
            }
            else if (tokens.IsSign("("))
            {
                value = new Expression.Call(value, Arguments(), place);
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Primary()
    {
        var (next, place) = (tokens.Next, tokens.Place);
        switch (next.Kind)
        {
            case TokenKind.Text:
                return new Expression.Literal(Texts(), place);
            case TokenKind.Number:
                return new Expression.Literal(Number(tokens.Take().Text), place);
            case TokenKind.Name:
                return Named(tokens.Take().Text, place);
            case TokenKind.Sign when tokens.Takes(TokenKind.Sign, "-"):
                var number = tokens.Take(TokenKind.Number, "a number").Text;
                return new Expression.Literal(Number($"-{number}"), place);
            case TokenKind.Sign when tokens.Takes(TokenKind.Sign, "("):
                return Bracketed(place);
            case TokenKind.Sign when tokens.Takes(TokenKind.Sign, "["):
                return new Expression.ListOf(Items("]"), place);
            case TokenKind.Sign when tokens.Takes(TokenKind.Sign, "{"):
                return new Expression.DictionaryOf(Entries(), place);
            default:
                throw tokens.Unexpected("a value");
        }
    }

    private static Expression Named(string name, Place place) =>
        name switch
        {
            "true" or "True" => new Expression.Literal(true, place),
            "false" or "False" => new Expression.Literal(false, place),
            "none" or "None" => new Expression.Literal(null, place),
            _ => new Expression.Variable(name, place),
        };

    private static object Number(string text) =>
        text.Contains('.', StringComparison.Ordinal)
            ? (object)double.Parse(text, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);

    private string Texts()
    {
        var text = tokens.Take().Text;
        while (tokens.Next.Kind == TokenKind.Text)
        {
            text += tokens.Take().Text;
        }

        return text;
    }

    private Expression Bracketed(Place place)
    {
        var first = Read();
        if (tokens.Takes(TokenKind.Sign, ")"))
        {
            return first;
        }

        tokens.TakeSign(",");
        return new Expression.ListOf([first, .. Items(")")], place);
    }

    private List<Expression> Items(string close)
    {
        var items = new List<Expression>();
        while (!tokens.Takes(TokenKind.Sign, close))
        {
            items.Add(Read());
            EndOfItem(close);
        }

        return items;
    }

    private List<(Expression, Expression)> Entries()
    {
        var entries = new List<(Expression, Expression)>();
        while (!tokens.Takes(TokenKind.Sign, "}"))
        {
            var key = Read();
            tokens.TakeSign(":");
            entries.Add((key, Read()));
            EndOfItem("}");
        }

        return entries;
    }

    private void EndOfItem(string close)
    {
        if (!tokens.IsSign(close))
        {
            tokens.TakeSign(",");
        }
    }
}
