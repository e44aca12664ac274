namespace Waveguide.Tests.Transform;

/// <summary>Signs of a confusing menu, on journeys and figures made by hand.</summary>
public sealed class MenuTests : IAsyncLifetime
{
    private static readonly string[] Measures =
    [
        "back_and_forth",
        "burst_on_menu",
        "exit_after_menu",
        "lost",
        "no_content",
        "quick_back",
        "search_after_menu",
        "three_items_before_content",
    ];

    private readonly Star _star = Star.InNewWarehouse();

    public async ValueTask InitializeAsync()
    {
        string[] confused =
        [
            "0 /, 1 menu:A, 2 /a, 14 menu:Home, 16 /, 40 click:x",
            "0 /, 1 menu:A, 2 /a, 5 menu:B, 6 /b, 9 menu:C, 10 /c, 30 menu:D, 31 /d",
            "0 /, 1 menu:C, 2 /c, 20 /x",
            "0 /, 1 menu:A, 2 /a, 4 /, 6 menu:B, 7 /b, 8 /, 9 menu:C, 10 /c, 40 /y",
            "0 /x, 16 /, 17 menu:A, 18 search",
            "0 /, 1 menu:A, 2 menu:A, 3 menu:A, 4 /a, 30 /b",
            "0 /, 2 /c, 30 /b",
        ];
        var at = 0;
        await _star.LandAsync(
            0,
            1,
            [
                .. confused.SelectMany(deeds => new Visit($"uk{++at}") { Host = "shop.co.uk" }.Rows(deeds)),
                .. Enumerable
                    .Range(1, 8)
                    .SelectMany(one => new Visit($"other{one}").Rows("0 /, 0.5 search, 1 menu:C, 2 /c, 20 /x")),
            ]
        );
        _star.Variables = new Dictionary<string, string> { ["menu_min_sessions"] = "5" };
        await _star.BuildAsync();
    }

    public ValueTask DisposeAsync()
    {
        _star.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_session_that_used_the_menu_shows_what_it_did_with_it() =>
        Assert.Equal(
            [
                "uk1|2|2|3||2|3|2|back_and_forth,no_content",
                "uk2|4|4|5|/c|3|4|4|three_items",
                "uk3|1|1|3|/c|1|2|2|",
                "uk4|3|3|7|/c|3|6|4|quick_back,three_items",
                "uk5|1|1|2||1|2|2|search,exit,no_content",
                "uk6|3|1|3|/a|3|2|2|burst,three_items",
            ],
            await _star.QueryAsync(
                """
                SELECT split_part(session_group, '|', 2), menu_clicks, menu_items, page_views,
                    replace(content_page_key, 'shop.co.uk', ''), items_before_content, visits_before_content, pages_before_content,
                    concat_ws(',', CASE WHEN has_back_and_forth THEN 'back_and_forth' END,
                        CASE WHEN has_quick_back THEN 'quick_back' END, CASE WHEN has_search_after_menu THEN 'search' END,
                        CASE WHEN has_exit_after_menu THEN 'exit' END, CASE WHEN has_burst_on_menu THEN 'burst' END,
                        CASE WHEN NOT has_content THEN 'no_content' END, CASE WHEN items_before_content >= 3 THEN 'three_items' END)
                FROM analytics.menu_sessions WHERE site = 'UK' ORDER BY 1
                """
            )
        );

    [Fact]
    public async Task Each_site_is_set_against_all_others_by_each_sign_with_counts_and_intervals()
    {
        var one = "6|1|0.1667|0.0301|0.5635|8|0|0.0000|0.1667|-0.1853|0.5635|no clear difference";
        var against = "8|0|0.0000|0.0000|0.3244|6|1|0.1667|-0.1667|-0.5635|0.1853|no clear difference";
        Dictionary<string, (string Uk, string Other)> others = new()
        {
            ["lost"] = (
                "4|1|0.2500|0.0456|0.6994|8|0|0.0000|0.2500|-0.1334|0.6994|too few sessions",
                "8|0|0.0000|0.0000|0.3244|4|1|0.2500|-0.2500|-0.6994|0.1334|too few sessions"
            ),
            ["no_content"] = (
                "6|2|0.3333|0.0968|0.7000|8|0|0.0000|0.3333|-0.0682|0.7000|no clear difference",
                "8|0|0.0000|0.0000|0.3244|6|2|0.3333|-0.3333|-0.7000|0.0682|no clear difference"
            ),
            ["three_items_before_content"] = (
                "6|3|0.5000|0.1876|0.8124|8|0|0.0000|0.5000|0.0496|0.8124|more than elsewhere",
                "8|0|0.0000|0.0000|0.3244|6|3|0.5000|-0.5000|-0.8124|-0.0496|less than elsewhere"
            ),
        };
        var expected = Measures.Select(measure =>
            (measure, Lines: others.TryGetValue(measure, out var other) ? other : (Uk: one, Other: against))
        );
        Assert.Equal(
            expected
                .Select(row => $"main menu|UK|{row.measure}|{row.Lines.Uk}")
                .Concat(expected.Select(row => $"main menu|shop.example|{row.measure}|{row.Lines.Other}")),
            await _star.QueryAsync(
                """
                SELECT menu, site, measure, sessions, hits, share::DECIMAL(9, 4), share_low::DECIMAL(9, 4),
                    share_high::DECIMAL(9, 4), other_sessions, other_hits, other_share::DECIMAL(9, 4),
                    difference::DECIMAL(9, 4), difference_low::DECIMAL(9, 4), difference_high::DECIMAL(9, 4), evidence
                FROM analytics.menu_comparison ORDER BY site, measure
                """
            )
        );
    }
}
