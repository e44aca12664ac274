using System.CommandLine;
using System.CommandLine.Parsing;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

/// <summary>The options that several verbs share, each the same wherever it stands.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Config { get; } =
        new("--config") { Description = "The YAML file to read.", HelpName = "FILE" };

    public Option<string?> Destination { get; } =
        new("--destination")
        {
            Description = "Where the data lands, such as duckdb:warehouse.duckdb.",
            HelpName = "ADDRESS",
        };

    public Option<string?> Region { get; } =
        new("--region") { Description = "Where Amplitude keeps the project: us or eu.", HelpName = "us|eu" };

    public Option<string[]> Table { get; } =
        new("--table") { Description = "A table to carry; may be said several times.", HelpName = "NAME" };

    public Option<string[]> UserIds { get; } =
        new("--user-ids")
        {
            Description = "Users whose profiles are wanted; separated by commas, or said several times.",
            HelpName = "IDS",
        };

    public Option<UploadHour?> From { get; } =
        Hour("--from", "The first UTC day or hour, such as 2025-07-09 or 2025-07-09T14.");

    public Option<UploadHour?> Until { get; } =
        Hour("--until", "The UTC day or hour after the last; until is excluded.");

    public Option<string?> Models { get; } =
        new("--models")
        {
            Description = "A folder of models, in place of Waveguide's or beside them.",
            HelpName = "DIR",
        };

    public Option<string[]> Var { get; } =
        new("--var")
        {
            Description = "A variable of the models, such as rage_clicks=3; may be said several times.",
            HelpName = "NAME=VALUE",
        };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object a line." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only results and errors." };

    public Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Every request, and details of errors." };

    /// <summary>Adds the options that say which warehouse and which project.</summary>
    public Command AddTo(Command command, params ReadOnlySpan<Option> more)
    {
        command.Options.Add(Config);
        command.Options.Add(Destination);
        foreach (var option in more)
        {
            command.Options.Add(option);
        }

        command.Options.Add(Quiet);
        command.Options.Add(Verbose);
        return command;
    }

    /// <exception cref="ConfigurationException">The end is not after the beginning.</exception>
    public RunScope Scope(ParseResult parsed)
    {
        var scope = new RunScope(parsed.GetValue(From), parsed.GetValue(Until));
        scope.Check();
        return scope;
    }

    /// <summary>How a run is shown: as JSON, on a terminal, or as lines.</summary>
    public IRunView View(CliHost host, ParseResult parsed)
    {
        if (parsed.GetValue(Json))
        {
            return new JsonView(host);
        }

        var quiet = parsed.GetValue(Quiet);
        return host.Terminal is { } terminal && !quiet ? new TerminalView(host, terminal) : new PlainView(host, quiet);
    }

    /// <summary>How a run of the models is shown: as JSON, or as lines.</summary>
    public ITransformView TransformView(CliHost host, ParseResult parsed) =>
        parsed.GetValue(Json) ? new TransformJson(host) : new TransformText(host, parsed.GetValue(Quiet));

    /// <summary>An option for a whole number between these two.</summary>
    public static Option<int> Number(string name, string description, int standard, int least, int most) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, out var number) && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError($"{name} \"{text}\" is no whole number between {least:N0} and {most:N0}.");
                return standard;
            },
        };

    private static Option<UploadHour?> Hour(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "HOUR",
            CustomParser = result => Parse(name, result),
        };

    private static UploadHour? Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (UploadHour.TryParse(text, out var hour))
        {
            return hour;
        }

        result.AddError($"{name} \"{text}\" is no UTC day (2025-07-09) and no UTC hour (2025-07-09T14).");
        return null;
    }
}
