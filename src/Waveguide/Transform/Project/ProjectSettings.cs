using YamlDotNet.RepresentationModel;

namespace Waveguide.Transform.Project;

/// <summary>What <c>dbt_project.yml</c> says.</summary>
internal sealed class ProjectSettings
{
    private readonly YamlNode? _models;

    private ProjectSettings(YamlReader yaml)
    {
        Name = yaml.Text(yaml.Root, "name") ?? throw yaml.PlaceOf(yaml.Root).Fault("name is missing");
        ModelPaths = [.. Paths(yaml, "model-paths", "models"), ProjectFiles.OwnFolder];
        MacroPaths = Paths(yaml, "macro-paths", "macros");
        TestPaths = Paths(yaml, "test-paths", "tests");
        Variables = YamlReader.Values(
            yaml.Entries(yaml.Root, "vars")
                .SelectMany(entry => entry.Key == Name ? yaml.Entries(Vars(yaml), Name) : [entry])
        );
        OnRunStart =
        [
            .. yaml.Items(yaml.Root, "on-run-start")
                .OfType<YamlScalarNode>()
                .Select(node => (yaml.PlaceOf(node).File, node.Value ?? string.Empty)),
        ];
        _models = YamlReader.Child(yaml.Root, "models") is { } models ? YamlReader.Child(models, Name) : null;
    }

    public string Name { get; }

    public IReadOnlyList<string> ModelPaths { get; }

    public IReadOnlyList<string> MacroPaths { get; }

    public IReadOnlyList<string> TestPaths { get; }

    /// <summary>Templates of statements with which every run begins.</summary>
    public IReadOnlyList<(string File, string Text)> OnRunStart { get; }

    /// <summary>Names and defaults.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; }

    /// <exception cref="ConfigurationException">There is no such file, or it cannot be understood.</exception>
    public static ProjectSettings Read(IReadOnlyList<SourceText> files) =>
        files.FirstOrDefault(file => file.Path == ProjectFiles.Settings) is { } file
            ? new ProjectSettings(YamlReader.Read(file))
            : throw new ConfigurationException($"the models have no {ProjectFiles.Settings}.");

    /// <summary>
    /// What is set for a model by the folders in which it lies and by its name, the innermost last. As in dbt, the model
    /// path itself is not one of the folders.
    /// </summary>
    public IEnumerable<KeyValuePair<string, object?>> ConfigOf(SourceText model)
    {
        if (ModelPaths.FirstOrDefault(model.IsUnder) is not { } root)
        {
            return [];
        }

        var layers = new List<YamlNode?> { _models };
        foreach (var step in model.Path[(root.Length + 1)..].Replace(".sql", "", StringComparison.Ordinal).Split('/'))
        {
            layers.Add(layers[^1] is { } layer ? YamlReader.Child(layer, step) : null);
        }

        return layers
            .OfType<YamlMappingNode>()
            .SelectMany(layer => layer.Children)
            .Select(entry => (Key: ((YamlScalarNode)entry.Key).Value!, entry.Value))
            .Where(entry => entry.Key.StartsWith('+') || entry.Value is not YamlMappingNode)
            .Select(entry => KeyValuePair.Create(entry.Key.TrimStart('+'), YamlReader.Value(entry.Value)));
    }

    private static YamlMappingNode Vars(YamlReader yaml) => (YamlMappingNode)YamlReader.Child(yaml.Root, "vars")!;

    private static List<string> Paths(YamlReader yaml, string key, string standard) =>
        yaml.Items(yaml.Root, key).Select(node => (node as YamlScalarNode)?.Value).OfType<string>().ToList()
            is { Count: > 0 } paths
            ? paths
            : [standard];
}
