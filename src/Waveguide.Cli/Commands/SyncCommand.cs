using System.CommandLine;

namespace Waveguide.Cli.Commands;

internal static class SyncCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var transform = new Option<bool>("--transform") { Description = "Runs the models when the rows have landed." };
        var command = options.AddTo(
            new Command("sync", "Loads what is missing, and looks a second time at what is due."),
            options.Region,
            options.Table,
            options.From,
            options.Until,
            transform,
            options.UserIds,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var models = parsed.GetValue(transform)
                    ? new TransformRun(host, session, select: [], fullRefresh: false)
                    : null;
                var run = new SyncRun(host, session, options.Scope(parsed), options.View(host, parsed));
                var code = await run.RunAsync("sync", cancellationToken);
                if (models is null || code is not (ExitCode.Done or ExitCode.SomeFailed))
                {
                    return code;
                }

                var view = options.TransformView(host, parsed);
                return Math.Max(code, await models.RunAsync("sync --transform", view, cancellationToken));
            }
        );
        return command;
    }
}
