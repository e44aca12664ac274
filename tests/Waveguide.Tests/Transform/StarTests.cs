namespace Waveguide.Tests.Transform;

/// <summary>The fact and its dimensions fit, and the dimensions say what their rows are.</summary>
public sealed class StarTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task Every_key_of_an_event_is_found_in_its_dimension_and_no_event_is_lost_by_joining_all()
    {
        var traffic = new RandomTraffic(11);
        await traffic.ChangeAsync(_star);
        await _star.BuildAsync();
        await traffic.LearnAsync(_star);
        await traffic.ChangeAsync(_star);
        await _star.BuildAsync();
        (string Dimension, string Key, string Of)[] keys =
        [
            ("fct_sessions", "session_key", "session_key"),
            ("dim_users", "user_key", "user_key"),
            ("dim_devices", "device_id", "device_id"),
            ("dim_locations", "location_key", "location_key"),
            ("dim_pages", "page_key", "page_key"),
            ("dim_event_types", "event_type", "event_type"),
            ("dim_dates", "event_date", "date_day"),
            ("dim_addresses", "address_key", "address_key"),
        ];
        var joins = keys.Select(key =>
            $"LEFT JOIN analytics.{key.Dimension} ON events.{key.Key} = {key.Dimension}.{key.Of}"
        );
        var lost = keys.Select(key => $"count(events.{key.Key}) - count({key.Dimension}.{key.Of})");
        Assert.Equal(
            [$"0|{string.Join('|', keys.Select(_ => 0))}"],
            await _star.QueryAsync(
                $"""
                SELECT count(*) - (SELECT count(*) FROM analytics.stg_events), {string.Join(", ", lost)}
                FROM analytics.fct_events AS events {string.Join(' ', joins)}
                """
            )
        );
        Assert.All(
            await _star.QueryAsync(
                $"SELECT {string.Join(", ", keys.Select(key => $"count({key.Key}) > 0"))} FROM analytics.fct_events"
            ),
            row => Assert.DoesNotContain("False", row)
        );
    }

    [Fact]
    public async Task Places_pages_and_event_types_say_how_often_they_were_seen_and_under_which_name()
    {
        await _star.LandAsync(
            0,
            1,
            [
                .. new Visit("a") { Also = "'Leeds' AS city, 'United Kingdom' AS country" }.Rows(
                    "0 /x/1, 5 /x/2, 6 click:buy"
                ),
                .. new Visit("b") { Also = "'Leeds' AS city, 'United States' AS country" }.Rows("7 /y, 8 Search Done"),
            ]
        );
        await _star.BuildAsync();
        await _star.ExecuteAsync(
            """
            INSERT INTO amplitude.events_list BY NAME
            SELECT 'Search Done' AS value, 'Searched' AS display, true AS hidden, false AS deleted, 'web' AS _project
            """
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["United Kingdom|Leeds|3", "United States|Leeds|2"],
            await _star.QueryAsync("SELECT country, city, events FROM analytics.dim_locations ORDER BY 1")
        );
        Assert.Equal(
            ["shop.example/x/*|2|0|6", "shop.example/y|1|7|8"],
            await _star.QueryAsync(
                "SELECT page_key, page_views, second(first_seen_at), second(last_seen_at) FROM analytics.dim_pages ORDER BY 1"
            )
        );
        Assert.Equal(
            [
                "Search Done|Searched|search|True|False|1",
                "[Amplitude] Element Clicked|[Amplitude] Element Clicked|click|False|False|1",
                "[Amplitude] Page Viewed|[Amplitude] Page Viewed|page view|False|False|3",
            ],
            await _star.QueryAsync(
                "SELECT event_type, display_name, kind, is_hidden, is_deleted, events FROM analytics.dim_event_types ORDER BY 1"
            )
        );
    }

    [Fact]
    public async Task Companies_are_counted_by_site_and_providers_stand_with_the_networks()
    {
        await _star.BuildAsync();
        await _star.ExecuteAsync(
            """
            INSERT INTO waveguide.network_ranges BY NAME
            SELECT *, 'made' AS dataset, DATE '2025-06-17' AS dataset_date FROM (VALUES
                ('41359103232', '41359103487', 1, 'Example Bank'), ('41359103488', '41359103743', 2, 'Cable Broadband')
            ) AS ranges(first_key, last_key, asn, organisation)
            """
        );
        await _star.LandAsync(
            0,
            1,
            [
                .. From("81.2.69.1", "a").Rows("0 /a, 1 /b, 2 click:x"),
                .. From("81.2.69.2", "b").Rows("10 /a"),
                .. From("81.2.69.2", "b", 2).Rows("20 /a"),
                .. (From("81.2.69.2", "b", 3) with { Host = "shop.co.uk" }).Rows("30 /a"),
                .. From("81.2.70.1", "c").Rows("40 /a"),
                .. From("81.2.69.3", "d").Rows("50 session_end"),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["Example Bank|business|0.6|UK|1|1|1|1|0|30|30", "Example Bank|business|0.6|shop.example|3|2|2|4|1|0|20"],
            await _star.QueryAsync(
                """
                SELECT company, network_class, confidence, site, sessions, users, addresses, page_views, clicks,
                    second(first_visit_at), second(last_visit_at)
                FROM analytics.company_visits ORDER BY site
                """
            )
        );
        Assert.Equal(
            ["Example Bank|3|1|made|2025-06-17"],
            await _star.QueryAsync(
                "SELECT company, addresses, networks, dataset, dataset_date::VARCHAR FROM analytics.dim_companies"
            )
        );
        Assert.Equal(
            ["business|Example Bank|0.6|4|2|2", "isp|Cable Broadband|0.7|1|1|1"],
            await _star.QueryAsync("FROM analytics.network_visits ORDER BY network_class")
        );
    }

    [Fact]
    public async Task A_network_has_the_class_that_its_owners_name_tells_first_and_a_rank_of_how_sure_that_is()
    {
        (string Owner, string Class)[] cases =
        [
            ("Cable Cloud Bank", "isp|0.7|"),
            ("Cloud Bank", "hosting|0.7|"),
            ("First Bank", "business|0.6|First Bank"),
            ("Ministry of Cable", "government|0.7|Ministry of Cable"),
            ("Mumble", "unknown|0|"),
            ("University Council", "education|0.8|University Council"),
            ("Zscaler University", "proxy|0.8|"),
        ];
        await _star.LandAsync(
            0,
            1,
            [
                .. cases.Select(
                    (_, at) => $"'{at}' AS uuid, '1.0.0.{at}' AS ip_address, 'd' AS device_id, 1 AS session_id"
                ),
            ]
        );
        await _star.BuildAsync();
        var ranges = cases.Select(
            (one, at) => $"('4{16_777_216 + at:0000000000}', '4{16_777_216 + at:0000000000}', '{one.Owner}')"
        );
        await _star.ExecuteAsync(
            $"""
            INSERT INTO waveguide.network_ranges BY NAME FROM (VALUES {string.Join(
                ", ",
                ranges
            )}) AS ranges(first_key, last_key, organisation)
            """
        );
        await _star.BuildAsync();
        Assert.Equal(
            cases.Select(one => $"{one.Owner}|{one.Class}"),
            await _star.QueryAsync(
                "SELECT organisation, network_class, confidence, company FROM analytics.dim_addresses ORDER BY organisation"
            )
        );
    }

    private static Visit From(string address, string device, long session = 1) =>
        new(device, session) { Also = $"'{address}' AS ip_address" };
}
