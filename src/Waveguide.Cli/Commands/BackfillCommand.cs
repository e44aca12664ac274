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
                var run = new SyncRun(host, session, scope, options.View(host, parsed));
                return await run.RunAsync("backfill", cancellationToken);
            }
        );
        return command;
    }
}
