using System.CommandLine;

namespace Waveguide.Cli.Commands;

internal static class TransformCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var select = new Option<string[]>("--select")
        {
            Description = "A model to run, with + behind for those that read it; may be said several times.",
            HelpName = "NAME",
        };
        var anew = new Option<bool>("--full-refresh") { Description = "Builds everything anew." };
        var command = options.AddTo(
            new Command("transform", "Runs the models on what has landed since, and checks them."),
            select,
            anew,
            options.Var,
            options.Models,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var run = new TransformRun(host, session, parsed.GetValue(select) ?? [], parsed.GetValue(anew));
                return await run.RunAsync("transform", options.TransformView(host, parsed), cancellationToken);
            }
        );
        return command;
    }
}
