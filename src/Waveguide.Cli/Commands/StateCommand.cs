using System.CommandLine;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class StateCommand
{
    public static Command Create(CliHost host)
    {
        var command = new Command("state", "Shows, exports or forgets what the ledger knows of the hours.")
        {
            Show(host),
            Export(host),
            Forget(host),
        };
        return command;
    }

    private static Command Show(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("show", "Sums up the ledger by project, table and state."),
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = session.OpenToRead();
                await using var result = await destination.QueryAsync(
                    """
                    SELECT project, table_name AS "table", state, min(hour) AS first, max(hour) AS last,
                        count(*) AS hours, sum(rows)::BIGINT AS rows, sum(rejected)::BIGINT AS rejected
                    FROM waveguide.hours GROUP BY ALL ORDER BY ALL
                    """,
                    [],
                    cancellationToken
                );
                var format = parsed.GetValue(options.Json) ? "json" : "table";
                await QueryWriter.WriteAsync(host.Out, result, format, cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Export(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(new Command("export", "Writes the ledger, one JSON object an hour."));
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = session.OpenToRead();
                await using var result = await destination.QueryAsync(
                    "SELECT * FROM waveguide.hours ORDER BY project, table_name, hour",
                    [],
                    cancellationToken
                );
                await QueryWriter.WriteAsync(host.Out, result, "json", cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Forget(CliHost host)
    {
        var options = new CommonOptions();
        options.From.Required = true;
        options.Until.Required = true;
        var project = new Option<string?>("--project")
        {
            Description = "The project; all of the configuration by default.",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = options.AddTo(
            new Command("forget", "Removes hours with their rows, so that the next sync loads them again."),
            project,
            options.Table,
            options.From,
            options.Until,
            yes
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var hours = new HourRange(parsed.GetValue(options.From)!.Value, parsed.GetValue(options.Until)!.Value);
                if (hours.IsEmpty)
                {
                    throw new ConfigurationException($"--until {hours.Until} is not after --from {hours.From}.");
                }

                var slices = Slices(session, parsed.GetValue(project), hours);
                await using var destination = session.OpenToWrite("state forget");
                return await ForgetAsync(host, destination, slices, parsed.GetValue(yes), cancellationToken);
            }
        );
        return command;
    }

    private static List<Slice> Slices(Session session, string? project, HourRange hours)
    {
        var projects = session.Settings.Projects.Where(known => project is null || known.Name == project).ToList();
        return projects.Count == 0
            ? throw new ConfigurationException($"there is no project \"{project}\" in the configuration.")
            : [.. projects.SelectMany(known => session.Tables().Select(table => new Slice(known.Name, table, hours)))];
    }

    private static async Task<int> ForgetAsync(
        CliHost host,
        IDestination destination,
        IReadOnlyList<Slice> slices,
        bool yes,
        CancellationToken cancellationToken
    )
    {
        foreach (var slice in slices)
        {
            var coverage = await destination.CoverageAsync(slice.Project, slice.Table, cancellationToken);
            var records = slice.Hours.Hours().Select(hour => coverage[hour]).OfType<HourRecord>().ToList();
            var rows = records.Sum(record => record.Tally.Rows);
            var what =
                $"{Figures.Count(records.Count, "hour")} of {slice.Project} {slice} with {Figures.Count(rows, "row")}";
            if (records.Count > 0 && !yes && !Confirmed(host, what))
            {
                await host.Error.WriteLineAsync("Nothing was forgotten.");
                return ExitCode.Usage;
            }

            var forgotten = await destination.ForgetAsync(slice, cancellationToken);
            await host.Out.WriteLineAsync(
                forgotten == 0 ? $"The ledger has no hour of {slice.Project} {slice}." : $"Forgot {what}."
            );
        }

        return ExitCode.Done;
    }

    private static bool Confirmed(CliHost host, string what)
    {
        if (!host.CanAsk)
        {
            throw new ConfigurationException($"state forget would remove {what}.")
            {
                Hint = "Nobody is here to ask: say --yes if that is meant.",
            };
        }

        host.Error.Write($"Remove {what}? They can be loaded again as long as Amplitude has them. [y/N] ");
        host.Error.Flush();
        return host.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
