namespace Waveguide.Transform.Templates;

/// <summary>Reads the part of Jinja that models and their macros are written in.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;

    private TemplateParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
    }

    /// <param name="file">What messages call the file.</param>
    /// <exception cref="ConfigurationException">The text is no template, or uses more of Jinja than is known here.</exception>
    public static IReadOnlyList<TemplateNode> Parse(string file, string text)
    {
        var parser = new TemplateParser(new TokenReader(file, new Lexer(file, text).Read()));
        return parser.Body();
    }

    /// <summary>What stands before one of these blocks, or before the end of the file where none is named.</summary>
    private List<TemplateNode> Body(params ReadOnlySpan<string> ends)
    {
        var nodes = new List<TemplateNode>();
        while (!_tokens.IsBlock(ends))
        {
            switch (_tokens.Next.Kind)
            {
                case TokenKind.End when ends.IsEmpty:
                    return nodes;
                case TokenKind.End:
                    throw _tokens.Place.Fault($"{{% {ends[^1]} %}} is missing");
                case TokenKind.Data:
                    nodes.Add(new TemplateNode.Data(_tokens.Take().Text));
                    break;
                case TokenKind.OutputBegin:
                    nodes.Add(Output());
                    break;
                default:
                    nodes.Add(Block());
                    break;
            }
        }

        return nodes;
    }

    private TemplateNode.Output Output()
    {
        _tokens.Take();
        var value = _expressions.Read();
        _tokens.Take(TokenKind.OutputEnd, "\"}}\"");
        return new TemplateNode.Output(value);
    }

    private TemplateNode Block()
    {
        var place = _tokens.Place;
        _tokens.Take();
        var keyword = _tokens.Take(TokenKind.Name, "a keyword").Text;
        return keyword switch
        {
            "if" => If(),
            "for" => For(),
            "set" => Set(),
            "do" => Do(),
            "macro" => Macro("macro", string.Empty, place),
            "test" => Macro("test", "test_", place),
            _ => throw place.Fault(
                $"{{% {keyword} %}} is not understood",
                "Of Jinja's blocks Waveguide knows if, for, set, do, macro and test."
            ),
        };
    }

    private TemplateNode.If If()
    {
        var branches = new List<(Expression?, IReadOnlyList<TemplateNode>)>();
        var condition = _expressions.Read();
        while (true)
        {
            End();
            branches.Add((condition, Body("elif", "else", "endif")));
            _tokens.Take();
            switch (_tokens.Take().Text)
            {
                case "elif":
                    condition = _expressions.Read();
                    break;
                case "else":
                    condition = null;
                    break;
                default:
                    End();
                    return new TemplateNode.If(branches);
            }
        }
    }

    private TemplateNode.For For()
    {
        var names = new List<string>();
        do
        {
            names.Add(_tokens.Take(TokenKind.Name, "a name").Text);
        } while (_tokens.Takes(TokenKind.Sign, ","));
        if (!_tokens.Takes(TokenKind.Name, "in"))
        {
            throw _tokens.Unexpected("\"in\"");
        }

        var items = _expressions.Read();
        End();
        var body = Body("endfor");
        EndBlock();
        return new TemplateNode.For(names, items, body);
    }

    private TemplateNode.Set Set()
    {
        var name = _tokens.Take(TokenKind.Name, "a name").Text;
        _tokens.TakeSign("=");
        var value = _expressions.Read();
        End();
        return new TemplateNode.Set(name, value);
    }

    private TemplateNode.Do Do()
    {
        var value = _expressions.Read();
        End();
        return new TemplateNode.Do(value);
    }

    private TemplateNode.Macro Macro(string keyword, string prefix, Place place)
    {
        var name = prefix + _tokens.Take(TokenKind.Name, "a name").Text;
        var parameters = new List<(string, Expression?)>();
        _tokens.TakeSign("(");
        while (!_tokens.Takes(TokenKind.Sign, ")"))
        {
            var parameter = _tokens.Take(TokenKind.Name, "a name").Text;
            parameters.Add((parameter, _tokens.Takes(TokenKind.Sign, "=") ? _expressions.Read() : null));
            if (!_tokens.IsSign(")"))
            {
                _tokens.TakeSign(",");
            }
        }

        End();
        var body = Body($"end{keyword}");
        EndBlock();
        return new TemplateNode.Macro(name, parameters, body, place);
    }

    private void EndBlock()
    {
        _tokens.Take();
        _tokens.Take();
        End();
    }

    private void End() => _tokens.Take(TokenKind.BlockEnd, "\"%}\"");
}
