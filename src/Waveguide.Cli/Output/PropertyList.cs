using Waveguide.Destinations.Properties;

namespace Waveguide.Cli.Output;

/// <summary>Shows properties, and event types that are gone.</summary>
/// <param name="changes">What is to be marked.</param>
internal sealed class PropertyList(
    CliHost host,
    IReadOnlyList<EventProperty> shown,
    ILookup<EventProperty, PropertyChange> changes
)
{
    /// <summary>What stands for the properties of users, in place of an event type.</summary>
    private const string Users = "user";

    /// <summary>The event type, or what stands for it.</summary>
    public static string Whose(EventProperty property) =>
        property.Kind == PropertyKind.User ? Users : property.EventType ?? "(no type)";

    public void WriteJson()
    {
        foreach (var property in shown)
        {
            host.Out.WriteJson(
                new
                {
                    project = property.Project,
                    kind = DriftText.Kind(property),
                    event_type = property.EventType,
                    property = property.Name,
                    first = property.First.ToString(),
                    last = property.Last.ToString(),
                    types = property.Types.Select(type => type.Name),
                    count = property.Count,
                    drift = changes[property].Select(change => DriftText.Name(change.Drift)),
                }
            );
        }
    }

    /// <summary>A line for each event type.</summary>
    public void WriteTypes() =>
        TextTable.Write(
            host.Out,
            ["properties", "drift", "first hour", "last hour", "of"],
            Groups()
                .Select(group =>
                    new[]
                    {
                        $"{group.Properties.Count:N0}",
                        $"{group.Properties.Count(changes.Contains):N0}",
                        $"{group.All.Min(property => property.First)}",
                        $"{group.All.Max(property => property.Last)}",
                        group.Label,
                    }
                ),
            new HashSet<int> { 0, 1 },
            wrap: true
        );

    /// <summary>A table for each event type.</summary>
    public void WriteProperties()
    {
        var separator = string.Empty;
        foreach (var (label, _, properties) in Groups())
        {
            host.Out.Write(separator);
            separator = Environment.NewLine;
            var count = properties.Count == 1 ? "1 property" : $"{properties.Count:N0} properties";
            host.Out.WriteLine(Prose.Wrap(Prose.OneLine($"{label}: {count}")));
            if (properties.Count == 0)
            {
                continue;
            }

            host.Out.WriteLine();
            TextTable.Write(
                host.Out,
                ["first hour", "last hour", "count", "types", "property"],
                properties.Select(property =>
                    new[]
                    {
                        $"{property.First}",
                        $"{property.Last}",
                        $"{property.Count:N0}",
                        string.Join(", ", property.Types.Select(type => type.Name)),
                        $"{property.Name}{Marks(property)}",
                    }
                ),
                new HashSet<int> { 2 },
                wrap: true
            );
        }
    }

    private IEnumerable<(
        string Label,
        IReadOnlyList<EventProperty> All,
        IReadOnlyList<EventProperty> Properties
    )> Groups() =>
        shown
            .GroupBy(one => (one.Project, one.Kind, one.EventType))
            .Select(group =>
                (
                    RunText.Label(group.Key.Project, Whose(group.First()))
                        + string.Concat(group.Where(one => one.Name is null).Select(Marks)),
                    (IReadOnlyList<EventProperty>)[.. group],
                    (IReadOnlyList<EventProperty>)[.. group.Where(one => one.Name is not null)]
                )
            );

    private string Marks(EventProperty property)
    {
        var marks = string.Join(", ", changes[property].Select(DriftText.Mark));
        return marks.Length == 0 ? string.Empty : $" ({marks})";
    }
}
