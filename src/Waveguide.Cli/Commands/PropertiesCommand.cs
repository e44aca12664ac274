using System.CommandLine;
using Waveguide.Amplitude;
using Waveguide.Cli.Destinations;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Properties;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Commands;

internal static class PropertiesCommand
{
    /// <summary>What stands for the properties of users, in place of an event type.</summary>
    private const string Users = "user";

    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var name = new Argument<string?>("name")
        {
            Description = "An event type, to list its properties; or user, for those of users.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var drift = new Option<bool>("--drift")
        {
            Description = "Only properties that are new, have a new type, or are gone.",
        };
        var command = options.AddTo(
            new Command(
                "properties",
                "Lists the properties that events and users have had: when, how often, of which types."
            ),
            drift,
            options.Json
        );
        command.Arguments.Add(name);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var known = await ReadAsync(session, cancellationToken);
                var changes = known.Recent().ToLookup(change => change.Property);
                var (wanted, isDrift) = (parsed.GetValue(name), parsed.GetValue(drift));
                var shown = Chosen(known.Properties, wanted)
                    .Where(property => !isDrift || changes.Contains(property))
                    .ToList();
                if (parsed.GetValue(options.Json))
                {
                    shown.ForEach(property => host.Out.WriteJson(Description(property, changes[property])));
                }
                else
                {
                    Write(host, shown, changes, isList: wanted is not null || isDrift);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>A warehouse keeps a registry, which is brought up to date first; of a lake all events are read.</summary>
    private static async Task<PropertySnapshot> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.Destination is LakePlace)
        {
            await using var lake = await session.Destination.OpenToReadAsync(cancellationToken);
            return await HasEventsAsync(session, lake, cancellationToken)
                ? await PropertyReader.CountAsync(lake, cancellationToken)
                : new PropertySnapshot([]);
        }

        if (session.Destination is not DuckDbPlace place)
        {
            throw new ConfigurationException(
                $"properties are counted in DuckDB warehouses and lakes only, and {session.Destination.Name} is neither."
            );
        }

        if (!await place.ExistsAsync(cancellationToken))
        {
            // Fails, and tells how to load one, where opening it to write would make an empty one.
            await using var missing = await place.OpenToReadAsync(cancellationToken);
        }

        await using var warehouse = (DuckDbDestination)await place.OpenToWriteAsync("properties", cancellationToken);
        await warehouse.ReadPropertiesAsync(cancellationToken);
        return await warehouse.PropertiesAsync(cancellationToken);
    }

    private static async Task<bool> HasEventsAsync(
        Session session,
        IDestination destination,
        CancellationToken cancellationToken
    )
    {
        foreach (var project in session.Settings.Projects)
        {
            var coverage = await destination.CoverageAsync(project.Name, EventsTable.Definition, cancellationToken);
            if (coverage.Newest is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="ConfigurationException">There is no such event type.</exception>
    private static IReadOnlyList<EventProperty> Chosen(IReadOnlyList<EventProperty> all, string? name)
    {
        if (name is null)
        {
            return all;
        }

        var chosen = all.Where(property => Whose(property) == name).ToList();
        var near = Suggestion.Nearest(name, all.Select(Whose).Distinct());
        return chosen.Count > 0
            ? chosen
            : throw new ConfigurationException(
                $"no event of the type \"{name}\" has had a property.{(near is null ? "" : $" Did you mean \"{near}\"?")}"
            )
            {
                Hint = "waveguide properties lists the event types.",
            };
    }

    private static void Write(
        CliHost host,
        List<EventProperty> properties,
        ILookup<EventProperty, PropertyChange> changes,
        bool isList
    )
    {
        if (properties.Count == 0)
        {
            host.Error.WriteLine("No property to list.");
        }
        else if (isList)
        {
            WriteProperties(host, properties, changes);
        }
        else
        {
            WriteTypes(host, properties, changes);
        }
    }

    private static void WriteTypes(
        CliHost host,
        List<EventProperty> properties,
        ILookup<EventProperty, PropertyChange> changes
    ) =>
        TextTable.Write(
            host.Out,
            ["properties", "drift", "first hour", "last hour", "of"],
            Groups(properties)
                .Select(group =>
                    new[]
                    {
                        $"{group.All.Count:N0}",
                        $"{group.All.Count(changes.Contains):N0}",
                        $"{group.All.Min(property => property.First)}",
                        $"{group.All.Max(property => property.Last)}",
                        group.Label,
                    }
                ),
            new HashSet<int> { 0, 1 },
            wrap: true
        );

    private static void WriteProperties(
        CliHost host,
        List<EventProperty> properties,
        ILookup<EventProperty, PropertyChange> changes
    )
    {
        foreach (var (label, all) in Groups(properties))
        {
            host.Out.Write(all[0] == properties[0] ? string.Empty : Environment.NewLine);
            var count = all.Count == 1 ? "1 property" : $"{all.Count:N0} properties";
            host.Out.WriteLine(Prose.Wrap(Prose.OneLine($"{label}: {count}")));
            host.Out.WriteLine();
            TextTable.Write(
                host.Out,
                ["first hour", "last hour", "count", "types", "property"],
                all.Select(property =>
                    new[]
                    {
                        $"{property.First}",
                        $"{property.Last}",
                        $"{property.Count:N0}",
                        Types(property),
                        $"{property.Name}{Marks(changes[property])}",
                    }
                ),
                new HashSet<int> { 2 },
                wrap: true
            );
        }
    }

    private static IEnumerable<(string Label, List<EventProperty> All)> Groups(List<EventProperty> properties) =>
        properties
            .GroupBy(property => (property.Project, property.Kind, property.EventType))
            .Select(group => (RunText.Label(group.Key.Project, Whose(group.First())), group.ToList()));

    private static object Description(EventProperty property, IEnumerable<PropertyChange> changes) =>
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
            drift = changes.Select(change => DriftText.Name(change.Drift)),
        };

    private static string Whose(EventProperty property) =>
        property.Kind == PropertyKind.User ? Users : property.EventType ?? "(no type)";

    private static string Types(EventProperty property) => string.Join(", ", property.Types.Select(type => type.Name));

    private static string Marks(IEnumerable<PropertyChange> changes)
    {
        var marks = string.Join(", ", changes.Select(DriftText.Mark));
        return marks.Length == 0 ? string.Empty : $" ({marks})";
    }
}
