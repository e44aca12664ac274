using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>The groups of a project: their numbers and properties, by type and name.</summary>
internal sealed class Groups
{
    private const int FirstType = 3_124;
    private const long FirstGroup = 2_357_687_219;

    private readonly Dictionary<string, Dictionary<string, Group>> _types = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>The groups in an event: a name or a list of names for each type. Names are JSON text.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Of(SentEvent sent)
    {
        var groups = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (sent.Object("groups") is { } types)
        {
            foreach (var type in types.EnumerateObject())
            {
                groups[type.Name] =
                    type.Value.ValueKind == JsonValueKind.Array
                        ? [.. type.Value.EnumerateArray().Select(SentEvent.Raw)]
                        : [SentEvent.Raw(type.Value)];
            }
        }

        return groups;
    }

    /// <summary>Applies operations to the group of the Group Identify API, or to those of a client's event.</summary>
    public void Identify(SentEvent sent)
    {
        if (sent.Object("group_properties") is not { } operations)
        {
            return;
        }

        if (sent.Text("group_type") is { } only)
        {
            Get(only, sent.Text("group_value")!).Properties.Apply(operations);
        }

        foreach (var (type, names) in Of(sent))
        {
            foreach (var name in names)
            {
                Get(type, Plain(name)).Properties.Apply(operations);
            }
        }
    }

    /// <summary>The form <c>{type:{name:{property:value}}}</c>.</summary>
    public string PropertiesOf(IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        Json(
            groups.Select(type =>
                (
                    type.Key,
                    Json(type.Value.Select(name => (Plain(name), Get(type.Key, Plain(name)).Properties.ToJson())))
                )
            )
        );

    /// <summary>The form <c>{"3124":[2357687219]}</c>.</summary>
    public string IdsOf(IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        Json(
            groups.Select(type =>
            {
                var ids = string.Join(',', type.Value.Select(name => Get(type.Key, Plain(name)).Id));
                return ($"{FirstType + _types.Keys.ToList().IndexOf(type.Key)}", $"[{ids}]");
            })
        );

    private Group Get(string type, string name)
    {
        if (!_types.TryGetValue(type, out var groups))
        {
            _types[type] = groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        }

        if (!groups.TryGetValue(name, out var group))
        {
            groups[name] = group = new Group(FirstGroup + _count++, new PropertyBag());
        }

        return group;
    }

    private static string Plain(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;

    private static string Json(IEnumerable<(string Key, string Value)> members) =>
        $"{{{string.Join(',', members.Select(member => $"{JsonSerializer.Serialize(member.Key)}:{member.Value}"))}}}";

    private sealed record Group(long Id, PropertyBag Properties);
}
