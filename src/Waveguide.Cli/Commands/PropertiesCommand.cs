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
                var shown = Chosen(known.All, wanted)
                    .Where(one => changes.Contains(one) || (one.Name is not null && !isDrift))
                    .ToList();
                var list = new PropertyList(host, shown, changes);
                if (parsed.GetValue(options.Json))
                {
                    list.WriteJson();
                }
                else if (shown.Count == 0)
                {
                    host.Error.WriteLine("No property to list.");
                }
                else if (wanted is not null || isDrift)
                {
                    list.WriteProperties();
                }
                else
                {
                    list.WriteTypes();
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

        var chosen = all.Where(property => PropertyList.Whose(property) == name).ToList();
        var near = Suggestion.Nearest(
            name,
            all.Where(one => one.Name is not null).Select(PropertyList.Whose).Distinct()
        );
        return chosen.Exists(one => one.Name is not null)
            ? chosen
            : throw new ConfigurationException(
                $"no event of the type \"{name}\" has had a property.{(near is null ? "" : $" Did you mean \"{near}\"?")}"
            )
            {
                Hint = "waveguide properties lists the event types.",
            };
    }
}
