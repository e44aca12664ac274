using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>What landed, three first questions answered by SQL, and what to type next.</summary>
internal sealed class DemoAnswers(CliHost host, IDestination destination)
{
    private const string TopPages = """
        SELECT event_properties ->> '$."[Amplitude] Page Path"' AS page, count(*) AS views
        FROM amplitude.events
        WHERE event_type = '[Amplitude] Page Viewed'
        GROUP BY ALL ORDER BY views DESC, page LIMIT 3
        """;

    private const string BusiestHour = """
        SELECT date_trunc('hour', event_time) AS hour, count(*) AS events
        FROM amplitude.events GROUP BY ALL ORDER BY events DESC, hour LIMIT 1
        """;

    private const string Visitors = """
        SELECT count(DISTINCT device_id) AS visitors, count(DISTINCT country) AS countries FROM amplitude.events
        """;

    public async Task WriteAsync(Standing standing, string file, CancellationToken cancellationToken)
    {
        var tally = standing.Tally;
        await host.Out.WriteLineAsync(
            $"Landed in ./{file}: {Figures.Count(tally.Rows, "event")}, {standing.Wanted.Count:N0} hours, "
                + $"{tally.Rejected:N0} rejected, {standing.Missing:N0} missing.\n"
        );
        await WriteAnswersAsync(cancellationToken);
        await host.Out.WriteLineAsync(
            $"""

            Next:
              waveguide query "select event_type, count(*) from amplitude.events group by 1" \
                  --destination duckdb:{file}
              waveguide status --destination duckdb:{file}
              waveguide init                 point it at your own project (two keys)
            """
        );
    }

    private async Task WriteAnswersAsync(CancellationToken cancellationToken)
    {
        var pages = await RowsAsync(TopPages, cancellationToken);
        var busiest = (await RowsAsync(BusiestHour, cancellationToken))[0];
        var visitors = (await RowsAsync(Visitors, cancellationToken))[0];
        string[] right =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"Busiest hour   {busiest[0]:yyyy-MM-dd HH:mm} UTC  {busiest[1]:N0} events"
            ),
            $"Visitors       {visitors[0]:N0}",
            $"Countries      {visitors[1]:N0}",
        ];
        await host.Out.WriteLineAsync($"  {"Top pages", -22} {"views", 8}  |");
        for (var line = 0; line < Math.Max(pages.Count, right.Length); line++)
        {
            var page = line < pages.Count ? $"{pages[line][0], -22} {pages[line][1], 8:N0}" : new string(' ', 31);
            await host.Out.WriteLineAsync($"  {page}  |  {right.ElementAtOrDefault(line)}");
        }
    }

    private async Task<List<IReadOnlyList<object?>>> RowsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var result = await destination.QueryAsync(sql, [], cancellationToken);
        return await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
    }
}
