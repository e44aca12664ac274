using Waveguide.Diagnostics;

namespace Waveguide.Transform;

/// <summary>Which model reads which.</summary>
internal sealed class ModelGraph
{
    private readonly Dictionary<string, Model> _models;
    private readonly List<Model> _ordered = [];

    /// <exception cref="ConfigurationException">Models read each other in a circle.</exception>
    public ModelGraph(IEnumerable<Model> models)
    {
        _models = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        foreach (var model in _models.Values)
        {
            Order(model, []);
        }
    }

    /// <summary>Each after all that it reads.</summary>
    public IReadOnlyList<Model> Ordered => _ordered;

    public Model this[string name] => _models[name];

    /// <summary>The chosen models and all that they read, in order; all if nothing is chosen.</summary>
    /// <param name="choices">Names, with <c>+</c> behind for those that read the model too.</param>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    public IReadOnlyList<Model> Select(IReadOnlyList<string> choices)
    {
        if (choices.Count == 0)
        {
            return _ordered;
        }

        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var choice in choices)
        {
            var name = choice.Trim('+');
            chosen.Add(Known(name));
            if (choice.EndsWith('+'))
            {
                chosen.UnionWith(_ordered.Where(model => Ancestors(model).Contains(name)).Select(model => model.Name));
            }
        }

        var wanted = chosen
            .SelectMany(name => Ancestors(_models[name]))
            .Concat(chosen)
            .ToHashSet(StringComparer.Ordinal);
        return [.. _ordered.Where(model => wanted.Contains(model.Name))];
    }

    private string Known(string name)
    {
        if (_models.ContainsKey(name))
        {
            return name;
        }

        var near = Suggestion.Nearest(name, _models.Keys);
        throw new ConfigurationException(
            $"there is no model \"{name}\"." + (near is null ? string.Empty : $" Did you mean \"{near}\"?")
        )
        {
            Hint = near is null ? $"There are {string.Join(", ", _models.Keys.Order(StringComparer.Ordinal))}." : null,
        };
    }

    private HashSet<string> Ancestors(Model model)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(model.Inputs);
        while (waiting.TryPop(out var name))
        {
            if (found.Add(name))
            {
                Array.ForEach([.. _models[name].Inputs], waiting.Push);
            }
        }

        return found;
    }

    private void Order(Model model, IReadOnlyList<string> path)
    {
        if (_ordered.Contains(model))
        {
            return;
        }

        if (path.Contains(model.Name))
        {
            var circle = path.SkipWhile(name => name != model.Name).Append(model.Name);
            throw new ConfigurationException(
                $"{model.File}: models read each other in a circle: {string.Join(" -> ", circle)}."
            );
        }

        foreach (var input in model.Inputs.Order(StringComparer.Ordinal))
        {
            Order(_models[input], [.. path, model.Name]);
        }

        _ordered.Add(model);
    }
}
