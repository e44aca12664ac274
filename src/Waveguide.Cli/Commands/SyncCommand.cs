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
                var run = new SyncRun(host, session, options.Scope(parsed), options.View(host, parsed));
                return await run.RunAsync("sync", cancellationToken);
            }
        );
        return command;
    }
}
