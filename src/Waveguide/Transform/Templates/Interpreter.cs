using System.Text;

namespace Waveguide.Transform.Templates;

/// <summary>Writes what a parsed template says. A macro sees its arguments and the globals, and nothing of its caller.</summary>
internal sealed class Interpreter
{
    private const string Return = "return";

    private readonly Scope _globals;
    private readonly StringBuilder _text = new();
    private object? _returned;

    private Interpreter(Scope globals) => _globals = globals;

    /// <exception cref="ConfigurationException">The template calls what is not there, or wrongly.</exception>
    public static string Render(IReadOnlyList<TemplateNode> template, Scope globals)
    {
        var interpreter = new Interpreter(globals);
        interpreter.Run(template, new Scope(globals));
        return interpreter._text.ToString();
    }

    /// <summary>The macro as something to call; gives what it returns, or else the text it writes.</summary>
    public static Callable Bind(TemplateNode.Macro macro, Scope globals) =>
        arguments =>
        {
            var interpreter = new Interpreter(globals);
            var scope = interpreter.Bound(macro, arguments);
            return interpreter.Run(macro.Body, scope) ? interpreter._returned : interpreter._text.ToString();
        };

    private Scope Bound(TemplateNode.Macro macro, CallArguments arguments)
    {
        var scope = new Scope(_globals);
        if (arguments.Count > macro.Parameters.Count)
        {
            throw arguments.Place.Fault(
                $"{macro.Name} takes {macro.Parameters.Count} arguments, not {arguments.Count}"
            );
        }

        for (var index = 0; index < macro.Parameters.Count; index++)
        {
            var (name, otherwise) = macro.Parameters[index];
            var given = arguments.Named.Where(argument => argument.Name == name).Select(argument => argument.Value);
            scope[name] =
                index < arguments.Count ? arguments[index]
                : given.ToList() is [var value] ? value
                : otherwise is not null ? new Evaluator(scope).Value(otherwise)
                : new Undefined($"{macro.Name} needs its argument {name}", arguments.Place);
        }

        var unknown = arguments.Named.FirstOrDefault(argument =>
            macro.Parameters.All(parameter => parameter.Name != argument.Name)
        );
        return unknown.Name is null
            ? scope
            : throw arguments.Place.Fault($"{macro.Name} has no argument {unknown.Name}");
    }

    /// <returns>Whether a value was returned, which ends the macro.</returns>
    private bool Run(IReadOnlyList<TemplateNode> nodes, Scope scope) => nodes.Any(node => Run(node, scope));

    private bool Run(TemplateNode node, Scope scope)
    {
        var evaluator = new Evaluator(scope);
        switch (node)
        {
            case TemplateNode.Data data:
                _text.Append(data.Text);
                return false;
            case TemplateNode.Output { Value: var value }:
                return Returns(value, evaluator) || Write(PythonText.Of(evaluator.Defined(value)));
            case TemplateNode.Do { Value: var value }:
                return Returns(value, evaluator) || Ignore(evaluator.Value(value));
            case TemplateNode.Set set:
                scope[set.Name] = evaluator.Value(set.Value);
                return false;
            case TemplateNode.If choice:
                var branch = choice.Branches.FirstOrDefault(branch =>
                    branch.Condition is null || Truth.Of(evaluator.Value(branch.Condition))
                );
                return branch.Body is not null && Run(branch.Body, scope);
            case TemplateNode.For loop:
                return Run(loop, scope, evaluator);
            case TemplateNode.Macro macro:
                _globals[macro.Name] = Bind(macro, _globals);
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private bool Run(TemplateNode.For loop, Scope scope, Evaluator evaluator)
    {
        var items = evaluator.Items(loop.Items);
        for (var index = 0; index < items.Count; index++)
        {
            var inner = new Scope(scope);
            inner["loop"] = new OrderedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["index"] = index + 1L,
                ["index0"] = (long)index,
                ["first"] = index == 0,
                ["last"] = index == items.Count - 1,
                ["length"] = (long)items.Count,
            };
            Unpack(loop, items[index], inner);
            if (Run(loop.Body, inner))
            {
                return true;
            }
        }

        return false;
    }

    private static void Unpack(TemplateNode.For loop, object? item, Scope scope)
    {
        if (loop.Names.Count == 1)
        {
            scope[loop.Names[0]] = item;
            return;
        }

        var parts = item as IReadOnlyList<object?> ?? [];
        if (parts.Count != loop.Names.Count)
        {
            throw loop.Items.Place.Fault($"an item of the loop has {parts.Count} parts, not {loop.Names.Count}");
        }

        for (var index = 0; index < parts.Count; index++)
        {
            scope[loop.Names[index]] = parts[index];
        }
    }

    private bool Returns(Expression value, Evaluator evaluator)
    {
        if (value is not Expression.Call { Target: Expression.Variable { Text: Return } } call)
        {
            return false;
        }

        _returned = call.Arguments.Positional is [var only] ? evaluator.Value(only) : null;
        return true;
    }

    private bool Write(string text)
    {
        _text.Append(text);
        return false;
    }

    private static bool Ignore(object? _) => false;
}
