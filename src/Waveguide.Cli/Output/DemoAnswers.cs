using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>Three first questions, answered by SQL.</summary>
internal sealed class DemoAnswers(TextWriter writer, IDestination destination)
{
    private const int PageWidth = 26;

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

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var pages = await RowsAsync(TopPages, cancellationToken);
        var busiest = (await RowsAsync(BusiestHour, cancellationToken))[0];
        var visitors = (await RowsAsync(Visitors, cancellationToken))[0];
        string[] right =
        [
            $"Busiest hour  {Figures.Moment((DateTime)busiest[0]!)} UTC",
            $"              {Figures.Count((long)busiest[1]!, "event")}",
            string.Create(CultureInfo.InvariantCulture, $"Visitors      {visitors[0]:N0} from {visitors[1]} countries"),
        ];
        await LineAsync(Left("Most viewed pages", "views"), string.Empty);
        for (var line = 0; line < right.Length; line++)
        {
            var page = pages.ElementAtOrDefault(line);
            await LineAsync(page is null ? Left("", "") : Left((string?)page[0] ?? "-", $"{page[1]:N0}"), right[line]);
        }
    }

    private Task LineAsync(string left, string right) => writer.WriteLineAsync($"  {left}  |  {right}".TrimEnd());

    private static string Left(string page, string views)
    {
        var shown = Prose.Cut(page, PageWidth);
        return shown.PadRight(PageWidth) + views.PadLeft(9);
    }

    private async Task<List<IReadOnlyList<object?>>> RowsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var result = await destination.QueryAsync(sql, [], cancellationToken);
        return await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
    }
}
