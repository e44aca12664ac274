using System.Text.Json.Nodes;
using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>What is said of properties that are new, have a new type or are gone.</summary>
internal static class DriftText
{
    /// <summary>Changes that a run tells one by one.</summary>
    private const int Told = 5;

    public static IEnumerable<string> Lines(IReadOnlyList<PropertyChange> changes)
    {
        foreach (var change in changes.Take(Told))
        {
            yield return Line(change);
        }

        if (changes.Count > Told)
        {
            yield return $"{Figures.Count(changes.Count - Told, "more change")} of events and properties: waveguide properties --drift";
        }
    }

    /// <summary>In a few words, beside the property's name.</summary>
    public static string Mark(PropertyChange change) =>
        change.Drift switch
        {
            PropertyDrift.New => "new",
            PropertyDrift.Retyped => $"{string.Join(", ", change.Types)} is new",
            _ => "gone",
        };

    public static string Name(PropertyDrift drift) => drift.ToString().ToLowerInvariant();

    public static JsonObject Json(PropertyChange change)
    {
        var property = change.Property;
        return new JsonObject
        {
            ["event"] = "drift",
            ["project"] = property.Project,
            ["kind"] = Kind(property),
            ["event_type"] = property.EventType,
            ["property"] = property.Name,
            ["drift"] = Name(change.Drift),
            ["types"] = new JsonArray([.. property.Types.Select(type => JsonValue.Create(type.Name))]),
            ["first"] = property.First.ToString(),
            ["last"] = property.Last.ToString(),
        };
    }

    public static string Kind(EventProperty property) => property.Kind.ToString().ToLowerInvariant();

    private static string Line(PropertyChange change)
    {
        var property = change.Property;
        var type = property.EventType ?? "events without a type";
        var name = Prose.OneLine(
            property.Name is null
                ? $"{RunText.Label(property.Project, "event type")} {type}"
                : $"{RunText.Label(property.Project, "property")} {property.Name} of {(property.Kind == PropertyKind.User ? "users" : type)}"
        );
        return change.Drift switch
        {
            PropertyDrift.New => $"{name} is new ({Types(property)}), first seen {Figures.Moment(property.First)} UTC",
            PropertyDrift.Retyped =>
                $"{name} has a new type, {string.Join(" and ", change.Types)}, beside {Types(property, change.Types)}",
            _ => $"{name} is gone, last seen {Figures.Moment(property.Last)} UTC",
        };
    }

    private static string Types(EventProperty property, IReadOnlyList<string>? without = null) =>
        string.Join(" and ", property.Types.Select(type => type.Name).Except(without ?? []));
}
