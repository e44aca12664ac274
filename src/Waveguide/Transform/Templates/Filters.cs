using Waveguide.Diagnostics;

namespace Waveguide.Transform.Templates;

/// <summary>Jinja's filters and tests, as far as macros need them.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, Func<object?, CallArguments, object?>> Known = new(
        StringComparer.Ordinal
    )
    {
        ["trim"] = (value, _) => PythonText.Of(value).Trim(),
        ["lower"] = (value, _) => PythonText.Of(value).ToLowerInvariant(),
        ["upper"] = (value, _) => PythonText.Of(value).ToUpperInvariant(),
        ["string"] = (value, _) => PythonText.Of(value),
        ["length"] = (value, call) => (long)Many(value, call).Count,
        ["first"] = (value, call) => Many(value, call)[0],
        ["last"] = (value, call) => Many(value, call)[^1],
        ["list"] = (value, call) => Many(value, call),
        ["join"] = (value, call) =>
            string.Join(call.Count == 0 ? "" : call.Text(0, "the separator"), Many(value, call).Select(PythonText.Of)),
        ["default"] = (value, call) =>
            value is Undefined || (call.Count > 1 && Truth.Of(call[1]) && !Truth.Of(value)) ? call[0] : value,
        ["replace"] = (value, call) =>
            PythonText
                .Of(value)
                .Replace(call.Text(0, "what is replaced"), call.Text(1, "the replacement"), StringComparison.Ordinal),
    };

    private static readonly Dictionary<string, Func<object?, bool>> Tests = new(StringComparer.Ordinal)
    {
        ["defined"] = value => value is not Undefined,
        ["undefined"] = value => value is Undefined,
        ["none"] = value => value is null,
        ["string"] = value => value is string,
        ["number"] = value => value is long or double,
        ["mapping"] = value => value is IReadOnlyDictionary<string, object?>,
        ["sequence"] = value => value is IReadOnlyList<object?> or string or IReadOnlyDictionary<string, object?>,
    };

    public static object? Apply(string name, object? value, CallArguments call)
    {
        if (!Known.TryGetValue(name, out var filter))
        {
            throw Unknown("filter", name, Known.Keys, call.Place);
        }

        return value is Undefined undefined && name != "default"
            ? throw undefined.Fault(call.Place)
            : filter(value, call);
    }

    public static bool Test(string name, object? value, Place place) =>
        Tests.TryGetValue(name, out var test) ? test(value) : throw Unknown("test", name, Tests.Keys, place);

    private static ConfigurationException Unknown(string kind, string name, IEnumerable<string> known, Place place) =>
        place.Fault(
            $"the {kind} \"{name}\" is not understood"
                + (Suggestion.Nearest(name, known) is { } near ? $"; did you mean \"{near}\"" : ""),
            $"Waveguide knows {string.Join(", ", known.Order(StringComparer.Ordinal))}."
        );

    private static IReadOnlyList<object?> Many(object? value, CallArguments call) =>
        value switch
        {
            IReadOnlyList<object?> list => list,
            IReadOnlyDictionary<string, object?> entries => [.. entries.Keys],
            string text => [.. text.Select(letter => letter.ToString())],
            _ => throw call.Place.Fault($"{PythonText.Of(value)} is no list"),
        };
}
