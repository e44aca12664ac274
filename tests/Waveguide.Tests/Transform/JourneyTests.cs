namespace Waveguide.Tests.Transform;

/// <summary>Journeys and the edges they are made of, with nothing left out of the totals.</summary>
public sealed class JourneyTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task Edges_below_the_most_used_ones_and_steps_after_the_last_are_summed_so_that_totals_are_exact()
    {
        _star.Variables = new Dictionary<string, string> { ["journey_steps"] = "2", ["journey_edges_per_step"] = "2" };
        string[] visits =
        [
            "0 /a, 10 /b, 30 /c",
            "0 /a, 5 /b",
            "0 /a, 1 /c",
            "0 /b",
            "0 /a, 2 /a, 9 /b, 10 /d",
            "0 session_end",
        ];
        await _star.LandAsync(0, 1, [.. visits.SelectMany((deeds, at) => new Visit($"d{at}").Rows(deeds))]);
        await _star.BuildAsync();
        Assert.Equal(
            [
                "0|(entry)|/a|4|0",
                "0|(entry)|/b|1|0",
                "1|(other)|(other)|1|",
                "1|/a|/b|3|24",
                "1|/a|/c|1|1",
                "2|(other)|(other)|1|",
                "2|/b|(exit)|1|",
                "2|/b|(more)|2|21",
            ],
            await _star.QueryAsync(
                """
                SELECT step, replace(from_page, 'shop.example', ''), replace(to_page, 'shop.example', ''), sessions, seconds
                FROM analytics.journey_edges ORDER BY ALL
                """
            )
        );
        Assert.Equal(
            [
                "d0|3|3|3|True|/a > /b > (more)",
                "d1|2|2|2|False|/a > /b",
                "d2|2|2|2|False|/a > /c",
                "d3|1|1|1|False|/b",
                "d4|3|4|3|True|/a > /b > (more)",
            ],
            await _star.QueryAsync(
                """
                SELECT split_part(session_group, '|', 2), steps, page_views, pages, is_cut, replace(journey, 'shop.example', '')
                FROM analytics.journey_sessions ORDER BY 1
                """
            )
        );
        Assert.Equal(
            ["/a|/b|/b", "/a|/c|/c", "/a|/c|/c", "/a|/d|/d", "/b|/b|/b"],
            await _star.QueryAsync(
                """
                SELECT replace(entry_page_key, 'shop.example', ''), replace(exit_page_key, 'shop.example', ''), exit_path
                FROM analytics.journey_sessions JOIN analytics.fct_sessions USING (session_key, entry_page_key, exit_page_key) ORDER BY ALL
                """
            )
        );
    }
}
