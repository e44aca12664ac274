using System.CommandLine;

namespace Waveguide.Cli.Commands;

internal static class SyncCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("sync", "Loads what is missing, and looks a second time at what is due."),
            options.Region,
            options.Table,
            options.From,
            options.Until,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = new RunScope(parsed.GetValue(options.From), parsed.GetValue(options.Until));
                await using var destination = session.OpenToWrite("sync");
                var run = new SyncRun(host, session, options.View(host, parsed));
                return await run.RunAsync(scope, destination, cancellationToken);
            }
        );
        return command;
    }
}
