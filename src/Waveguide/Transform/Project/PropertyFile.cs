using Waveguide.Diagnostics;
using Waveguide.Transform.Templates;
using YamlDotNet.RepresentationModel;

namespace Waveguide.Transform.Project;

/// <summary>One of the YAML files that describe models and sources, and say what must hold of the models.</summary>
internal sealed class PropertyFile
{
    private static readonly string[] Built = ["unique", "not_null", "accepted_values", "relationships"];

    private readonly YamlReader _yaml;

    private PropertyFile(YamlReader yaml) => _yaml = yaml;

    public static PropertyFile Read(SourceText source) => new(YamlReader.Read(source));

    public IEnumerable<SourceTable> Sources() =>
        from source in _yaml.Items(_yaml.Root, "sources")
        let name = Name(source)
        from table in _yaml.Items(source, "tables")
        select new SourceTable(
            name,
            Name(table),
            _yaml.Text(source, "schema") ?? name,
            _yaml.Text(table, "identifier") ?? Name(table),
            _yaml.PlaceOf(source)
        );

    /// <param name="generic">Names of the project's own generic tests.</param>
    /// <exception cref="ConfigurationException">A check is of a kind that nobody knows.</exception>
    public IEnumerable<ModelProperties> Models(IReadOnlyList<string> generic) =>
        _yaml
            .Items(_yaml.Root, "models")
            .Select(model => new ModelProperties(
                Name(model),
                _yaml.Text(model, "description"),
                [.. _yaml.Items(model, "columns").Select(column => (Name(column), _yaml.Text(column, "description")))],
                [
                    .. Checks(model, column: null, generic),
                    .. _yaml.Items(model, "columns").SelectMany(column => Checks(column, Name(column), generic)),
                ],
                YamlReader.Values(_yaml.Entries(model, "config")),
                _yaml.PlaceOf(model)
            ));

    private IEnumerable<CheckProperties> Checks(YamlNode owner, string? column, IReadOnlyList<string> generic) =>
        _yaml
            .Items(owner, "data_tests")
            .Concat(_yaml.Items(owner, "tests"))
            .Select(check =>
                check is YamlMappingNode { Children: [var only, ..] }
                    ? Check(((YamlScalarNode)only.Key).Value!, only.Value, column, generic)
                    : Check(((YamlScalarNode)check).Value!, check, column, generic)
            );

    private CheckProperties Check(string kind, YamlNode body, string? column, IReadOnlyList<string> generic)
    {
        if (!Built.Contains(kind) && !generic.Contains(kind))
        {
            throw _yaml
                .PlaceOf(body)
                .Fault(
                    $"there is no check \"{kind}\""
                        + (
                            Suggestion.Nearest(kind, Built.Concat(generic)) is { } near
                                ? $"; did you mean \"{near}\""
                                : ""
                        )
                );
        }

        var flat = body is YamlMappingNode map ? map.Children.Select(Entry) : [];
        var arguments = _yaml.Entries(body, "arguments").Concat(flat).Where(entry => !IsSetting(entry.Key));
        return new CheckProperties(
            kind,
            column,
            YamlReader.Values(arguments),
            YamlReader.Child(body, "config") is { } config
                ? YamlReader.Values(_yaml.Entries(body, "config"))
                : Flat(flat),
            _yaml.PlaceOf(body)
        );
    }

    private static OrderedDictionary<string, object?> Flat(IEnumerable<(string Key, YamlNode Node)> entries) =>
        YamlReader.Values(entries.Where(entry => entry.Key is "severity" or "where"));

    private static bool IsSetting(string key) =>
        key is "arguments" or "config" or "name" or "description" or "severity" or "where" or "tags";

    private static (string Key, YamlNode Node) Entry(KeyValuePair<YamlNode, YamlNode> entry) =>
        (((YamlScalarNode)entry.Key).Value!, entry.Value);

    private string Name(YamlNode node) =>
        _yaml.Text(node, "name") ?? throw _yaml.PlaceOf(node).Fault("name is missing");
}

/// <summary>A table that the models read and do not make.</summary>
/// <param name="Source">The first argument of <c>source()</c>; <paramref name="Name"/> is the second.</param>
internal sealed record SourceTable(string Source, string Name, string Schema, string Table, Place Place);

internal sealed record ModelProperties(
    string Name,
    string? Description,
    IReadOnlyList<(string Name, string? Description)> Columns,
    IReadOnlyList<CheckProperties> Checks,
    IReadOnlyDictionary<string, object?> Config,
    Place Place
);

/// <param name="Column">Null: the check is of the model as a whole.</param>
/// <param name="Settings"><c>severity</c> and <c>where</c>, where they are set.</param>
internal sealed record CheckProperties(
    string Kind,
    string? Column,
    IReadOnlyDictionary<string, object?> Arguments,
    IReadOnlyDictionary<string, object?> Settings,
    Place Place
);
