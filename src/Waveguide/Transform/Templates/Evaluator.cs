using Waveguide.Diagnostics;

namespace Waveguide.Transform.Templates;

/// <summary>
/// Gives the value of an expression: null, bool, long, double, text, list, dictionary by text, or something to call.
/// </summary>
internal sealed class Evaluator(Scope scope)
{
    /// <exception cref="ConfigurationException">The expression has no value.</exception>
    public object? Defined(Expression expression) => Defined(Value(expression), expression.Place);

    /// <exception cref="ConfigurationException">It has no value, or one that cannot be gone through.</exception>
    public IReadOnlyList<object?> Items(Expression expression) =>
        Defined(expression) switch
        {
            IReadOnlyList<object?> list => list,
            IReadOnlyDictionary<string, object?> entries => [.. entries.Keys],
            var value => throw expression.Place.Fault($"{PythonText.Of(value)} is no list"),
        };

    /// <summary>The value, or <see cref="Undefined"/>.</summary>
    public object? Value(Expression expression) =>
        expression switch
        {
            Expression.Literal literal => literal.Value,
            Expression.Variable name => Value(name),
            Expression.Member member => Member(member),
            Expression.Item item => Item(item),
            Expression.Call call => Call(call),
            Expression.Filter filter => Filters.Apply(
                filter.Name,
                Value(filter.Target),
                Arguments(filter.Arguments, filter.Place)
            ),
            Expression.Test test => Filters.Test(test.Name, Value(test.Target), test.Place),
            Expression.ListOf list => list.Items.Select(Value).ToList(),
            Expression.DictionaryOf dictionary => Dictionary(dictionary),
            Expression.Not not => !Truth.Of(Value(not.Operand)),
            Expression.Choice choice => Truth.Of(Value(choice.Condition)) ? Value(choice.Then)
            : choice.Otherwise is { } otherwise ? Value(otherwise)
            : string.Empty,
            Expression.Binary binary => Binary(binary),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    private object? Value(Expression.Variable name)
    {
        if (scope.TryFind(name.Text, out var value))
        {
            return value;
        }

        var near = Suggestion.Nearest(name.Text, scope.Names);
        return new Undefined(
            $"there is no macro or variable \"{name.Text}\"" + (near is null ? "" : $"; did you mean \"{near}\"")
        );
    }

    private object? Member(Expression.Member member)
    {
        var target = Defined(member.Target);
        return Methods.Find(target, member.Key) is { } method ? method
            : target is IReadOnlyDictionary<string, object?> entries && entries.TryGetValue(member.Key, out var value)
                ? value
            : new Undefined($"there is no \"{member.Key}\" here");
    }

    private object? Item(Expression.Item item) =>
        (Defined(item.Target), Defined(item.Key)) switch
        {
            (IReadOnlyDictionary<string, object?> entries, string key) => entries.TryGetValue(key, out var value)
                ? value
                : new Undefined($"there is no \"{key}\" here"),
            (IReadOnlyList<object?> list, long index) when Math.Abs(index) <= list.Count && index < list.Count => list[
                (int)(index < 0 ? index + list.Count : index)
            ],
            (_, var key) => new Undefined($"there is no item {PythonText.Of(key)} here"),
        };

    private object? Call(Expression.Call call) =>
        Defined(call.Target) is Callable callable
            ? callable(Arguments(call.Arguments, call.Place))
            : throw call.Place.Fault("this cannot be called");

    private CallArguments Arguments(ArgumentList arguments, Place place) =>
        new(
            [.. arguments.Positional.Select(Value)],
            [.. arguments.Named.Select(argument => (argument.Name, Value(argument.Value)))],
            place
        );

    private OrderedDictionary<string, object?> Dictionary(Expression.DictionaryOf dictionary)
    {
        var entries = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in dictionary.Items)
        {
            entries[PythonText.Of(Defined(key))] = Value(value);
        }

        return entries;
    }

    private object? Binary(Expression.Binary binary)
    {
        var left = Value(binary.Left);
        if (binary.Sign is "or" or "and")
        {
            return Truth.Of(left) == (binary.Sign == "or") ? left : Value(binary.Right);
        }

        return (binary.Sign, Defined(left, binary.Left.Place), Defined(binary.Right)) switch
        {
            ("~", var a, var b) => PythonText.Of(a) + PythonText.Of(b),
            ("==", var a, var b) => Truth.AreEqual(a, b),
            ("!=", var a, var b) => !Truth.AreEqual(a, b),
            ("in", var a, var b) when Truth.Contains(b, a) is { } holds => holds,
            ("+", string a, string b) => a + b,
            ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Concat(b).ToList(),
            ("+" or "-" or "*", long a, long b) => binary.Sign switch
            {
                "+" => a + b,
                "-" => a - b,
                _ => a * b,
            },
            ("<" or "<=" or ">" or ">=", var a, var b) when Truth.Compare(a, b) is { } order => binary.Sign switch
            {
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                _ => order >= 0,
            },
            (_, var a, var b) => throw binary.Place.Fault(
                $"{binary.Sign} is not understood between {PythonText.Of(a)} and {PythonText.Of(b)}"
            ),
        };
    }

    private static object? Defined(object? value, Place place) =>
        value is Undefined undefined ? throw undefined.Fault(place) : value;
}
