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
            Description = "Read hours again that are loaded or too large, and replace those with other content.",
        };
        var command = options.AddTo(
            new Command("backfill", "Loads a range of hours, however old, and leaves all others alone."),
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
                var scope = new RunScope(
                    parsed.GetValue(options.From),
                    parsed.GetValue(options.Until),
                    parsed.GetValue(again)
                );
                await using var destination = session.OpenToWrite("backfill");
                var run = new SyncRun(host, session, options.View(host, parsed));
                return await run.RunAsync(scope, destination, cancellationToken);
            }
        );
        return command;
    }
}
