using System.CommandLine;
using System.CommandLine.Help;
using Waveguide.Cli.Commands;
using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>The program <c>waveguide</c>: finds the verb, runs it, and turns every failure into a sentence and an exit code.</summary>
internal sealed class Application(CliHost host)
{
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = Commands().Parse(arguments);
        try
        {
            return parsed.Errors.Count > 0
                ? await MisusedAsync(parsed, cancellationToken)
                : await parsed.InvokeAsync(Configuration(host.Out), cancellationToken);
        }
        catch (Exception failure)
        {
            var details = arguments.Contains("--verbose") || arguments.Contains("-v");
            await ErrorText.WriteAsync(host.Error, failure, details);
            return ExitCode.Of(failure);
        }
    }

    internal Command Commands()
    {
        var root = new Command(
            "waveguide",
            "Waveguide carries Amplitude data to your warehouse, and loses nothing on the way."
        )
        {
            InitCommand.Create(host),
            CheckCommand.Create(host),
            TablesCommand.Create(host),
            PropertiesCommand.Create(host),
            PlanCommand.Create(host),
            SyncCommand.Create(host),
            BackfillCommand.Create(host),
            TransformCommand.Create(host),
            EnrichCommand.Create(host),
            StatusCommand.Create(host),
            GapsCommand.Create(host),
            VerifyCommand.Create(host),
            QuarantineCommand.Create(host),
            QueryCommand.Create(host),
            ApplyDeletionsCommand.Create(host),
            StateCommand.Create(host),
            DemoCommand.Create(host),
            SimulateCommand.Create(host),
        };
        root.Options.Add(
            new HelpOption
            {
                Recursive = true,
                Action = new HelpAction { MaxWidth = Prose.Width },
            }
        );
        root.Options.Add(new VersionOption());
        return root;
    }

    private async Task<int> MisusedAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var call = UsageText.Call(parsed.CommandResult);
        if (UsageText.LacksVerb(parsed))
        {
            var help = Commands().Parse([.. call.Split(' ').Skip(1), "--help"]);
            await help.InvokeAsync(Configuration(host.Error), cancellationToken);
            return ExitCode.Usage;
        }

        foreach (var sentence in UsageText.Of(parsed))
        {
            await ErrorText.WriteAsync(host.Error, sentence, hint: null);
        }

        await host.Error.WriteLineAsync($"  {call} --help tells what can be said here.");
        return ExitCode.Usage;
    }

    private InvocationConfiguration Configuration(TextWriter results) =>
        new()
        {
            Output = results,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
}
