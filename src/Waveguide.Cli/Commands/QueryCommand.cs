using System.CommandLine;
using Waveguide.Cli.Output;
using Waveguide.DuckDb;

namespace Waveguide.Cli.Commands;

internal static class QueryCommand
{
    /// <summary>Failures of the warehouse, as DuckDB calls them, for which the statement is not to blame.</summary>
    private static readonly string[] NotTheStatement = ["IO", "Out of Memory", "INTERNAL", "FATAL", "INTERRUPT"];

    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var sql = new Argument<string>("sql") { Description = "One statement of the destination's SQL." };
        var format = Format();
        var command = options.AddTo(
            new Command("query", "Runs SQL on the destination, which it cannot change.") { sql },
            format,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var written = parsed.GetValue(options.Json) ? "json" : parsed.GetRequiredValue(format);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                try
                {
                    await using var result = await destination.QueryAsync(
                        parsed.GetRequiredValue(sql),
                        [],
                        cancellationToken
                    );
                    await QueryWriter.WriteAsync(host.Out, result, written, cancellationToken);
                }
                catch (Exception failure) when (Refusal(failure) is { } refusal)
                {
                    throw new ConfigurationException(refusal, failure)
                    {
                        Hint = "amplitude.events has the rows; waveguide tables events lists its columns.",
                    };
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Option<string> Format() =>
        new("--format")
        {
            Description = "How rows are written.",
            HelpName = "table|csv|json",
            DefaultValueFactory = _ => "table",
            CustomParser = result =>
            {
                var format = result.Tokens[0].Value;
                if (format is not ("table" or "csv" or "json"))
                {
                    result.AddError($"--format must be table, csv or json, not \"{format}\".");
                }

                return format;
            },
        };

    /// <summary>What is wrong with the statement, without its text; null if it is not to blame.</summary>
    private static string? Refusal(Exception failure)
    {
        if (
            (failure as DuckDbException ?? failure.InnerException) is not DuckDbException reason
            || NotTheStatement.Contains(reason.ErrorType, StringComparer.Ordinal)
        )
        {
            return null;
        }

        var said = reason
            .Message.Split('\n')
            .TakeWhile(line => line.Trim().Length > 0 && !line.StartsWith("LINE ", StringComparison.Ordinal));
        return $"the warehouse refused this statement: {string.Join(' ', said.Select(line => line.Trim())).TrimEnd('!', '.')}.".Replace(
            "?.",
            "?",
            StringComparison.Ordinal
        );
    }
}
