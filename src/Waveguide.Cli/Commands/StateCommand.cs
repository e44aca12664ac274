using System.CommandLine;
using System.Text.Json.Nodes;
using Waveguide.Amplitude;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class StateCommand
{
    private const string Sums = """
        SELECT project, table_name AS "table", state, min(hour), max(hour), count(*),
            sum(rows)::BIGINT, sum(rejected)::BIGINT
        FROM waveguide.hours GROUP BY ALL ORDER BY ALL
        """;

    private const string Hours = """
        SELECT * REPLACE (strftime(hour, '%Y-%m-%dT%H') AS hour, strftime(loaded_at, '%Y-%m-%dT%H:%M:%SZ') AS loaded_at)
        FROM waveguide.hours ORDER BY project, table_name, hour
        """;

    public static Command Create(CliHost host) =>
        new("state", "Shows, exports or forgets what the ledger knows of the hours.")
        {
            Show(host),
            Export(host),
            Forget(host),
        };

    private static Command Show(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(
            new Command("show", "Sums up the ledger by project, table and state."),
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                await using var result = await destination.QueryAsync(Sums, [], cancellationToken);
                var sums = await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
                if (parsed.GetValue(options.Json))
                {
                    sums.ForEach(sum => WriteJson(host, sum));
                }
                else
                {
                    TextTable.Write(
                        host.Out,
                        ["table", "state", "hours", "rows", "rejected", "first .. last (UTC)"],
                        sums.Select(Cells),
                        new HashSet<int> { 2, 3, 4 },
                        wrap: true
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    private static string[] Cells(IReadOnlyList<object?> sum)
    {
        var kind = Kind(sum);
        var (first, last) = (Label(kind, sum[3]), Label(kind, sum[4]));
        return
        [
            RunText.Label((string)sum[0]!, (string)sum[1]!),
            (string)sum[2]!,
            kind == TableKind.Hourly ? $"{sum[5]:N0}" : Spans.Count(kind, (int)(long)sum[5]!),
            $"{sum[6]:N0}",
            $"{sum[7]:N0}",
            first == last ? first : $"{first} .. {last}",
        ];
    }

    private static string Label(TableKind kind, object? hour) => Spans.Label(kind, UploadHour.Of((DateTime)hour!));

    /// <summary>A table that this version does not know is told by its hours.</summary>
    private static TableKind Kind(IReadOnlyList<object?> sum) =>
        AmplitudeTables.All.FirstOrDefault(table => table.Name == (string)sum[1]!)?.Kind ?? TableKind.Hourly;

    private static void WriteJson(CliHost host, IReadOnlyList<object?> sum)
    {
        var kind = Kind(sum);
        host.Out.WriteJson(
            new JsonObject([
                new("project", (string)sum[0]!),
                new("table", (string)sum[1]!),
                new("state", (string)sum[2]!),
                new("first", Label(kind, sum[3])),
                new("last", Label(kind, sum[4])),
                .. Spans.Number(kind, (int)(long)sum[5]!),
                new("rows", (long)sum[6]!),
                new("rejected", (long)sum[7]!),
            ])
        );
    }

    private static Command Export(CliHost host)
    {
        var options = new CommonOptions();
        var command = options.AddTo(new Command("export", "Writes every hour of the ledger, one JSON object a line."));
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                await using var result = await destination.QueryAsync(Hours, [], cancellationToken);
                await QueryWriter.WriteAsync(host.Out, result, "json", cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Forget(CliHost host)
    {
        var options = new CommonOptions();
        options.From.Required = true;
        options.Until.Required = true;
        var project = new Option<string?>("--project")
        {
            Description = "One project; all of the configuration if not said.",
            HelpName = "NAME",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = options.AddTo(
            new Command("forget", "Removes hours with their rows, so that the next sync loads them again."),
            project,
            options.Table,
            options.From,
            options.Until,
            yes
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                var scope = options.Scope(parsed);
                var hours = new HourRange(scope.From!.Value, scope.Until!.Value);
                var forgetting = new Forgetting(host, session, parsed.GetValue(yes));
                return await forgetting.RunAsync(parsed.GetValue(project), hours, cancellationToken);
            }
        );
        return command;
    }
}
