using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Turns YAML into nodes that know their lines. No message shows anything of a value.</summary>
internal sealed class YamlText
{
    private const int Deepest = 16;

    private readonly Parser _parser;
    private readonly string _text;
    private readonly string _name;
    private readonly Dictionary<AnchorName, ConfigNode> _anchors = [];

    private YamlText(string text, string name)
    {
        (_text, _name) = (text, name);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The keys at the top; none when the file is empty.</summary>
    /// <exception cref="ConfigurationException">The text is not YAML, or no group of keys.</exception>
    public static ConfigMap Parse(string text, string name) => new YamlText(text, name).Document();

    private int Line => (int)(_parser.Current?.Start.Line ?? 1);

    private ConfigMap Document()
    {
        Next<StreamStart>();
        if (Next() is StreamEnd)
        {
            return new ConfigMap([], 1);
        }

        Next();
        var root = Node(0);
        Next<DocumentEnd>();
        if (Next() is not StreamEnd)
        {
            throw Fault(Line, "begins a second document; a configuration is one. Take out the line ---");
        }

        return root switch
        {
            ConfigMap map => map,
            ConfigNothing => new ConfigMap([], root.Line),
            _ => throw Fault(root.Line, "is not of the form key: value. Put a blank after the colon"),
        };
    }

    /// <summary>The node that begins at the current event; moves to its last event.</summary>
    private ConfigNode Node(int depth)
    {
        if (depth > Deepest)
        {
            throw Fault(Line, "is nested deeper than any setting");
        }

        var start = _parser.Current!;
        if (start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !IsOfYaml(tag))
        {
            throw Fault(Line, "has a value that begins with !. Put it in quotes");
        }

        var node = start switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart => List(depth),
            MappingStart => Map(depth),
            AnchorAlias alias when _anchors.TryGetValue(alias.Value, out var known) => known,
            _ => throw Fault(
                Line,
                "refers with * to an anchor that is not there. Put a value that begins with * in quotes"
            ),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } named)
        {
            _anchors[named.Anchor] = node;
        }

        return node;
    }

    private static bool IsOfYaml(TagName tag) => tag.Value.StartsWith("tag:yaml.org,", StringComparison.Ordinal);

    private ConfigNode Text(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL"
            ? new ConfigNothing(Line)
            : new ConfigText(scalar.Value, Line);

    private ConfigList List(int depth)
    {
        var line = Line;
        var items = new List<ConfigNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        return new ConfigList(items, line);
    }

    private ConfigMap Map(int depth)
    {
        var line = Line;
        var entries = new List<ConfigEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            var keyLine = Line;
            var key = _parser.Current is Scalar scalar
                ? scalar.Value
                : throw Fault(keyLine, "has a key that is not plain text");
            if (!lines.TryAdd(key, keyLine))
            {
                throw new ConfigurationException(
                    $"{Refusal.Quote(key)} stands twice in {_name}, in lines {lines[key]} and {keyLine}. Keep one of them."
                );
            }

            Next();
            entries.Add(new ConfigEntry(key, Node(depth + 1), keyLine));
        }

        return new ConfigMap(entries, line);
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Next() is not T)
        {
            throw Fault(Line, "is not valid YAML");
        }
    }

    private ParsingEvent Next()
    {
        try
        {
            _parser.MoveNext();
            return _parser.Current ?? throw new InvalidOperationException();
        }
        catch (YamlException fault)
        {
            throw Invalid((int)fault.Start.Line, fault.Message);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw Invalid(Line, "a bracket may be open.");
        }
    }

    private ConfigurationException Invalid(int line, string reason)
    {
        var lines = _text.Split('\n');
        var tabbed = Array.FindIndex(lines, Math.Clamp(line - 1, 0, lines.Length - 1), IndentedByTab);
        return reason.Contains("tab", StringComparison.Ordinal) && tabbed >= 0
            ? Fault(tabbed + 1, "is indented with a tab. YAML wants blanks")
            : Fault(line, $"is not valid YAML: {char.ToLowerInvariant(reason[0])}{reason[1..].TrimEnd('.')}");
    }

    private static bool IndentedByTab(string line) =>
        line[..(line.Length - line.TrimStart().Length)].Contains('\t', StringComparison.Ordinal);

    private ConfigurationException Fault(int line, string what) => new($"{_name}, line {line}, {what}.");
}
