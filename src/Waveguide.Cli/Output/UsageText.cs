using System.CommandLine;
using System.CommandLine.Parsing;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Output;

/// <summary>What is wrong with a command line, in one sentence each.</summary>
internal static class UsageText
{
    /// <summary>Whether a verb is missing, so that only help can help.</summary>
    public static bool LacksVerb(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;

    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var call = Call(parsed.CommandResult);
        return parsed.UnmatchedTokens.Count > 0
            ? [Unknown(call, parsed.CommandResult.Command, parsed.UnmatchedTokens[0])]
            : [.. parsed.Errors.Select(error => Sentence(call, error)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How the verb is called: <c>waveguide state show</c>.</summary>
    public static string Call(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Call(parent)} {result.Command.Name}" : result.Command.Name;

    private static string Unknown(string call, Command command, string word)
    {
        var (sort, known) =
            word.StartsWith('-')
                ? ("option", command.Options.Where(option => !option.Hidden).Select(option => option.Name))
            : command.Subcommands.Count > 0 ? ("verb", command.Subcommands.Select(verb => verb.Name))
            : ("place for", []);
        var near = Suggestion.Nearest(word, known);
        return $"{call} has no {sort} \"{word}\".{(near is null ? string.Empty : $" Did you mean {near}?")}";
    }

    private static string Sentence(string call, ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: var option } =>
                $"{call} needs {option.Name} {option.HelpName}.".Replace(" .", "."),
            ArgumentResult { Tokens.Count: 0, Parent: OptionResult { Option: var option } } =>
                $"{option.Name} needs a value.",
            ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"{call} needs <{argument.Name}>.",
            CommandResult { Command.Arguments: [var argument, ..] } => $"{call} needs <{argument.Name}>.",
            _ => error.Message,
        };
}
