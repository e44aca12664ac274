using System.CommandLine;
using System.CommandLine.Help;
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

    private Command Commands()
    {
        var root = new Command(
            "waveguide",
            "Waveguide carries Amplitude data to your warehouse, and loses nothing on the way."
        )
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
        root.Options.Add(new HelpOption { Recursive = true });
        root.Options.Add(new VersionOption());
        return root;
    }

    private int Misused(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
        {
            host.Error.WriteLine($"error: {message}");
        }

        host.Error.WriteLine($"  {Path(parsed.CommandResult)} --help tells what can be said here.");
        return ExitCode.Usage;
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
