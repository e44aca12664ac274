using Waveguide.Diagnostics;

namespace Waveguide.Transform.Project;

/// <summary>The values of a project's variables.</summary>
internal static class ProjectVariables
{
    /// <summary>The project's defaults with other values in the place of some, each read as its default is.</summary>
    /// <exception cref="ConfigurationException">There is no such variable, or the value is of another kind than its default.</exception>
    public static IReadOnlyDictionary<string, object?> Apply(
        IReadOnlyDictionary<string, object?> defaults,
        IReadOnlyDictionary<string, string> others
    )
    {
        var values = new OrderedDictionary<string, object?>(defaults, StringComparer.Ordinal);
        foreach (var (name, text) in others)
        {
            values[name] = defaults.TryGetValue(name, out var standard)
                ? Value(name, text, standard)
                : throw Unknown(name, [.. defaults.Keys]);
        }

        return values;
    }

    private static object? Value(string name, string text, object? standard) =>
        (standard, YamlReader.Plain(text)) switch
        {
            (string, _) => text,
            (null, var value) => value,
            (bool, bool value) => value,
            (long or double, long or double) and (_, var value) => value,
            (bool, _) => throw Refused(name, "true or false", text),
            (long or double, _) => throw Refused(name, "a number", text),
            _ => throw new ConfigurationException(
                $"the variable {name} is a list or group: set it in the models' own dbt_project.yml."
            ),
        };

    private static ConfigurationException Refused(string name, string kind, string text) =>
        new($"the variable {name} of the models must be {kind}, not \"{text}\".");

    private static ConfigurationException Unknown(string name, IReadOnlyCollection<string> known)
    {
        var near = Suggestion.Nearest(name, known);
        return new ConfigurationException(
            $"unknown variable \"{name}\" of the models." + (near is null ? string.Empty : $" Did you mean \"{near}\"?")
        )
        {
            Hint = near is null ? $"There are {string.Join(", ", known)}." : null,
        };
    }
}
