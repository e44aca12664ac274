using System.CommandLine;
using System.CommandLine.Parsing;
using Waveguide.Cli.Commands;
using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>The program <c>waveguide</c>: finds the verb, runs it, and turns every failure into a sentence and an exit code.</summary>
internal sealed class Application(CliHost host)
{
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = Commands().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Misused(parsed);
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception failure)
        {
            await ErrorText.WriteAsync(host.Error, failure, details: arguments.Contains("--verbose"));
            return ExitCode.Of(failure);
        }
    }

    private RootCommand Commands()
    {
        var root = new RootCommand("Waveguide carries Amplitude data to your warehouse, and loses nothing on the way.")
        {
            InitCommand.Create(host),
            CheckCommand.Create(host),
            TablesCommand.Create(host),
            PlanCommand.Create(host),
            SyncCommand.Create(host),
            BackfillCommand.Create(host),
            StatusCommand.Create(host),
            GapsCommand.Create(host),
            QuarantineCommand.Create(host),
            QueryCommand.Create(host),
            StateCommand.Create(host),
            DemoCommand.Create(host),
            SimulateCommand.Create(host),
        };
        return root;
    }

    private int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors.DistinctBy(error => error.Message))
        {
            host.Error.WriteLine($"error: {error.Message}");
        }

        var command = parsed.CommandResult;
        var path = command.Command is RootCommand ? "waveguide" : $"waveguide {Path(command)}";
        host.Error.WriteLine($"  {path} --help tells what can be said here.");
        return ExitCode.Usage;
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{Path(parent)} {result.Command.Name}"
            : result.Command.Name;
}
