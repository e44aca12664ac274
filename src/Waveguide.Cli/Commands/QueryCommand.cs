using System.CommandLine;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class QueryCommand
{
    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var sql = new Argument<string>("sql") { Description = "One statement of the destination's SQL." };
        var format = new Option<string>("--format")
        {
            Description = "table, csv or json: table by default.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = options.AddTo(new Command("query", "Runs SQL on the destination.") { sql }, format);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = session.OpenToRead();
                await using var result = await destination.QueryAsync(
                    parsed.GetRequiredValue(sql),
                    [],
                    cancellationToken
                );
                await QueryWriter.WriteAsync(host.Out, result, parsed.GetRequiredValue(format), cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }
}
