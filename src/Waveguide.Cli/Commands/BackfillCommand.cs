using System.CommandLine;

namespace Waveguide.Cli.Commands;

internal static class BackfillCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        options.From.Required = true;
        var again = new Option<bool>("--again")
        {
            Description = "Read hours again that are loaded or too large, and put them in the place of what is there.",
        };
        var command = options.AddTo(
            new Command("backfill", "Loads a range of hours and leaves all others alone."),
            options.Region,
            options.Table,
            options.From,
            options.Until,
            again,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = options.Scope(parsed) with { Again = parsed.GetValue(again) };
                var run = new SyncRun(host, session, scope, options.View(host, parsed))
                {
                    Tables = WithPast(host, session.Tables, scope),
                };
                return await run.RunAsync("backfill", cancellationToken);
            }
        );
        return command;
    }

    /// <summary>A snapshot has no past to load; with <c>--again</c> it is taken anew.</summary>
    /// <exception cref="ConfigurationException">No table is left.</exception>
    private static List<Table> WithPast(CliHost host, IReadOnlyList<Table> tables, RunScope scope)
    {
        var past = tables.Where(table => scope.Again || table.Kind != TableKind.Snapshot).ToList();
        if (past.Count == 0)
        {
            throw new ConfigurationException($"{tables[0].Name} is a snapshot, which has no past to load.")
            {
                Hint = "waveguide sync takes it when it is due, and backfill --again takes it now.",
            };
        }

        foreach (var snapshot in tables.Except(past))
        {
            host.Note($"{snapshot.Name} left out: it is a snapshot, which has no past to load.");
        }

        return past;
    }
}
