namespace Waveguide.Cli.Output;

/// <summary>A question that the models answer.</summary>
/// <param name="Facts">Selects one row of whole numbers.</param>
/// <param name="Answer">A sentence made of those.</param>
/// <param name="Query">Selects the few rows that are shown with the answer.</param>
/// <param name="Thresholds">Variables of the models on which the answer depends.</param>
internal sealed record Question(
    string Text,
    string Facts,
    Func<IReadOnlyList<long>, string> Answer,
    string Query,
    IReadOnlyList<string> Thresholds
)
{
    public static IReadOnlyList<Question> All() => [Journeys, Companies, Clicks, Menu];

    private static Question Journeys =>
        new(
            "Which journeys do users take?",
            "select count(*), count(*) filter (where steps = 1) from analytics.journey_sessions",
            facts =>
                $"{Figures.Count(facts[0], "session")} saw a page, {Percent(facts[1], facts[0])} of them only one. The usual ways of the others:",
            """
            select journey, count(*) as sessions from analytics.journey_sessions
            where steps > 1 group by all order by sessions desc, journey limit 3
            """,
            ["journey_steps"]
        );

    private static Question Companies =>
        new(
            "Which companies visit?",
            """
            select coalesce(sum(sessions), 0)::bigint, (select count(*) from analytics.fct_sessions where not is_lone_end)
            from analytics.company_visits
            """,
            facts =>
                $"{Percent(facts[0], facts[1])} of the sessions came from the network of a company, a school or a public body. The others came by providers, clouds and proxies, which hide who visits.",
            """
            select visits.company, visits.network_class as class,
              sum(sessions)::bigint as sessions, max(dataset_date) as owners_as_of
            from analytics.company_visits as visits
            join analytics.dim_companies using (company_key)
            group by all order by sessions desc, visits.company limit 3
            """,
            []
        );

    private static Question Clicks =>
        new(
            "Does a user click the same thing again and again?",
            """
            select count(*) filter (where kind = 'rage'), count(*) filter (where kind = 'repeated'),
                (select coalesce(sum(clicks), 0)::bigint from analytics.fct_sessions)
            from analytics.click_bursts
            """,
            facts =>
                facts[0] + facts[1] == 0
                    ? $"No: {Figures.Count(facts[2], "click")} and no burst among them."
                    : $"Yes: {Figures.Count(facts[0], "rage burst")} and {Figures.Count(facts[1], "slower burst")} among {Figures.Count(facts[2], "click")}, most of them here:",
            """
            select coalesce(element_text, element_href, element_tag) as element,
              page_key as page, rage_bursts as rage, repeated_bursts as slower
            from analytics.click_hotspots
            order by rage + slower desc, rage desc, element_key limit 3
            """,
            ["rage_clicks", "rage_milliseconds", "rage_pixels", "repeat_clicks", "repeat_seconds"]
        );

    private static Question Menu =>
        new(
            "Is there evidence that the menu of the UK website confuses?",
            """
            select count(*) filter (where evidence = 'more than elsewhere'), count(*), coalesce(max(sessions), 0),
                coalesce(max(other_sessions), 0)
            from analytics.menu_comparison where site = 'UK'
            """,
            facts =>
                (
                    facts[0] == 0
                        ? "There is no clear evidence"
                        : $"Yes: {facts[0]} of {facts[1]} signs are more frequent"
                )
                + $" in {Figures.Count(facts[2], "menu session")} there, against {facts[3]:N0} elsewhere. The difference lies between low and high (95 % interval).",
            """
            select replace(measure, '_', ' ') as sign, share as uk,
              other_share as elsewhere,
              difference_low as low, difference_high as high
            from analytics.menu_comparison
            where site = 'UK' order by difference desc limit 3
            """,
            ["quick_back_seconds", "content_seconds", "menu_min_sessions"]
        );

    private static string Percent(long part, long whole) => Figures.Percent(whole == 0 ? 0 : (double)part / whole);
}
