using System.CommandLine;
using System.Text;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class QuarantineCommand
{
    private const int LongestText = 2000;

    public static Command Create(CliHost host)
    {
        var options = new CommonOptions();
        var limit = CommonOptions.Number("--limit", "How many lines are shown.", 20, 1, int.MaxValue);
        var command = options.AddTo(
            new Command("quarantine", "Shows the lines put aside because they are no JSON objects."),
            limit,
            options.Json
        );
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var session = Session.Read(host, options, parsed);
                await using var destination = await session.Destination.OpenToReadAsync(cancellationToken);
                var lines = await LinesAsync(destination, parsed.GetValue(limit), cancellationToken);
                foreach (var line in lines)
                {
                    Write(host, line, parsed.GetValue(options.Json));
                }

                await SumAsync(host, destination, lines.Count, cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static async Task<List<IReadOnlyList<object?>>> LinesAsync(
        IDestination destination,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var result = await destination.QueryAsync(
            """
            SELECT project, table_name, upload_hour, part, line, byte_offset, reason, raw
            FROM waveguide.quarantine ORDER BY ALL LIMIT $1
            """,
            [limit],
            cancellationToken
        );
        return await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
    }

    private static void Write(CliHost host, IReadOnlyList<object?> line, bool json)
    {
        var hour = UploadHour.Of((DateTime)line[2]!);
        var raw = (byte[])line[7]!;
        if (json)
        {
            host.Out.WriteJson(
                new
                {
                    project = line[0],
                    table = line[1],
                    hour = hour.ToString(),
                    part = line[3],
                    line = line[4],
                    offset = line[5],
                    reason = line[6],
                    raw = Encoding.UTF8.GetString(raw),
                }
            );
            return;
        }

        var label = RunText.Label((string)line[0]!, (string)line[1]!);
        host.Out.WriteLine(
            Prose.Wrap($"{label}  {Figures.Moment(hour)} UTC  line {line[4]:N0}, byte {line[5]:N0}: {line[6]}")
        );
        host.Out.WriteLine($"  {line[3]}");
        host.Out.WriteLine($"  {Visible(raw)}");
    }

    private static async Task SumAsync(
        CliHost host,
        IDestination destination,
        int shown,
        CancellationToken cancellationToken
    )
    {
        await using var result = await destination.QueryAsync(
            "SELECT count(*) FROM waveguide.quarantine",
            [],
            cancellationToken
        );
        var row = await result.RowsAsync(cancellationToken).FirstAsync(cancellationToken);
        var count = (long)row[0]!;
        await host.Error.WriteLineAsync(
            count == 0 ? "Nothing is in quarantine."
            : count > shown ? $"{shown:N0} of {Figures.Count(count, "line")}; --limit {count} shows all."
            : $"{Figures.Count(count, "line")}."
        );
    }

    private static string Visible(byte[] raw)
    {
        var text = Encoding.UTF8.GetString(raw, 0, Math.Min(raw.Length, LongestText));
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? '.' : letter));
        return line.Length <= 76 ? line : line[..73] + "...";
    }
}
