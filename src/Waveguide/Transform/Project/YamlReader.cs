using System.Globalization;
using Waveguide.Transform.Templates;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Waveguide.Transform.Project;

/// <summary>Reads a YAML file of a project into nodes that know their lines, and nodes into a template's values.</summary>
internal sealed class YamlReader
{
    private readonly string _file;

    private YamlReader(string file, YamlMappingNode root)
    {
        _file = file;
        Root = root;
    }

    public YamlMappingNode Root { get; }

    /// <exception cref="ConfigurationException">The text is not YAML, or holds no keys.</exception>
    public static YamlReader Read(SourceText source)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(source.Text));
        }
        catch (YamlException reason)
        {
            throw new Place(source.Shown, (int)reason.Start.Line).Fault("this is no YAML");
        }

        return yaml.Documents.Count == 0 ? new YamlReader(source.Shown, [])
            : yaml.Documents[0].RootNode is YamlMappingNode root ? new YamlReader(source.Shown, root)
            : throw new Place(source.Shown, 1).Fault("this is not of the form key: value");
    }

    public Place PlaceOf(YamlNode node) => new(_file, (int)node.Start.Line);

    /// <summary>The text under the key; null if there is none.</summary>
    public string? Text(YamlNode node, string key) =>
        Child(node, key) switch
        {
            null => null,
            YamlScalarNode { Value: var text } => text,
            var other => throw PlaceOf(other).Fault($"{key} must be a text"),
        };

    /// <summary>The items under the key; none if there are none.</summary>
    public IEnumerable<YamlNode> Items(YamlNode node, string key) =>
        Child(node, key) switch
        {
            null or YamlScalarNode { Value: null or "" } => [],
            YamlSequenceNode items => items,
            var other => throw PlaceOf(other).Fault($"{key} must be a list"),
        };

    /// <summary>The keys and nodes under the key; none if there are none.</summary>
    public IEnumerable<(string Key, YamlNode Node)> Entries(YamlNode node, string key) =>
        Child(node, key) switch
        {
            null or YamlScalarNode { Value: null or "" } => [],
            YamlMappingNode entries => entries.Select(entry => (KeyText(entry.Key), entry.Value)),
            var other => throw PlaceOf(other).Fault($"{key} must be a group of keys"),
        };

    public static YamlNode? Child(YamlNode node, string key) =>
        node is YamlMappingNode map
        && map.Children.FirstOrDefault(entry => KeyText(entry.Key) == key) is { Value: { } child }
            ? child
            : null;

    /// <summary>What a template sees of the node.</summary>
    public static object? Value(YamlNode node) =>
        node switch
        {
            YamlScalarNode scalar => Value(scalar),
            YamlSequenceNode items => items.Select(Value).ToList(),
            YamlMappingNode entries => Values(entries.Select(entry => (KeyText(entry.Key), entry.Value))),
            _ => null,
        };

    public static OrderedDictionary<string, object?> Values(IEnumerable<(string Key, YamlNode Node)> entries)
    {
        var values = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, node) in entries)
        {
            values[key] = Value(node);
        }

        return values;
    }

    private static object? Value(YamlScalarNode scalar) =>
        scalar is { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: { } text } ? Plain(text) : scalar.Value;

    /// <summary>A word without quotes, which may be a number or a boolean.</summary>
    public static object? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole,
            _ when IsNumber(text)
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => text,
        };

    private static bool IsNumber(string text) =>
        text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-' or '+' or 'e' or 'E')
        && text.Any(char.IsAsciiDigit);

    private static string KeyText(YamlNode key) => (key as YamlScalarNode)?.Value ?? string.Empty;
}
