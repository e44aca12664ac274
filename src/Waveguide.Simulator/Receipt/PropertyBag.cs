using System.Globalization;
using System.Text.Json;

namespace Waveguide.Simulator.Receipt;

/// <summary>
/// Properties of a user or a group, each as its JSON text, changed by the operations of the Identify API. What an
/// operation does not fit is left as it is.
/// </summary>
internal sealed class PropertyBag
{
    private readonly OrderedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Applies operations (<c>$set</c> and the rest); a property outside of them is set.</summary>
    public void Apply(JsonElement properties)
    {
        foreach (var member in properties.EnumerateObject())
        {
            if (member.Name == "$clearAll")
            {
                _values.Clear();
            }
            else if (IsOperation(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in member.Value.EnumerateObject())
                {
                    Apply(member.Name, property.Name, property.Value);
                }
            }
            else
            {
                Apply("$set", member.Name, member.Value);
            }
        }
    }

    public string ToJson() =>
        $"{{{string.Join(',', _values.Select(value => $"{JsonSerializer.Serialize(value.Key)}:{value.Value}"))}}}";

    private static bool IsOperation(string name) =>
        name
            is "$set"
                or "$setOnce"
                or "$add"
                or "$append"
                or "$prepend"
                or "$preInsert"
                or "$postInsert"
                or "$remove"
                or "$unset";

    private void Apply(string operation, string key, JsonElement value)
    {
        var known = _values.GetValueOrDefault(key);
        if (operation == "$unset" || (operation == "$set" && value.ValueKind == JsonValueKind.Null))
        {
            _values.Remove(key);
        }
        else if (Changed(operation, known, value) is { } changed)
        {
            _values[key] = changed;
        }
    }

    /// <summary>The property's new text; null where the operation changes nothing.</summary>
    private static string? Changed(string operation, string? known, JsonElement value)
    {
        var raw = SentEvent.Raw(value);
        var list = Items(known);
        var more = Items(raw);
        var unknown = more.Where(item => !list.Contains(item, StringComparer.Ordinal));
        return operation switch
        {
            "$set" => raw,
            "$setOnce" => known is null ? raw : null,
            "$add" => Sum(known, value),
            "$append" => List([.. list, .. more]),
            "$prepend" => List([.. more, .. list]),
            "$postInsert" => List([.. list, .. unknown]),
            "$preInsert" => List([.. unknown, .. list]),
            _ => known is null ? null : List([.. list.Except(more, StringComparer.Ordinal)]),
        };
    }

    private static string? Sum(string? known, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var added)
        && decimal.TryParse(known ?? "0", NumberStyles.Float, CultureInfo.InvariantCulture, out var sum)
            ? (sum + added).ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>The items of a list, or the one value that is none.</summary>
    private static List<string> Items(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.ValueKind == JsonValueKind.Array
            ? [.. parsed.RootElement.EnumerateArray().Select(SentEvent.Raw)]
            : [json];
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";
}
