namespace Waveguide.Tests.Transform;

/// <summary>Retention, the funnel and the days, on people and figures made by hand.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task Of_those_first_seen_in_a_week_it_is_told_how_many_came_back_in_a_later_one()
    {
        _star.Variables = new Dictionary<string, string> { ["retention_weeks"] = "2" };
        (string Who, string At)[] visits =
        [
            ("often", "2025-07-07 00:00:00"),
            ("often", "2025-07-14 00:00:00"),
            ("often", "2025-07-28 12:00:00"),
            ("once", "2025-07-08 12:00:00"),
            ("once", "2025-07-13 23:59:59"),
            ("later", "2025-07-20 23:59:59"),
            ("later", "2025-07-28 00:00:00"),
            ("wrong clock", "1970-01-01 00:00:00"),
        ];
        await _star.LandAsync(
            0,
            1,
            [
                .. visits.Select((visit, at) => At($"v{at}", visit.Who, at, visit.At, "view")),
                At("end", "only an end", 9, "2025-07-09", "session_end"),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            [
                "2025-07-07|2025-07-07|0|2|2|1|False",
                "2025-07-07|2025-07-14|1|2|1|0.5|False",
                "2025-07-14|2025-07-14|0|1|1|1|False",
                "2025-07-14|2025-07-28|2|1|1|1|True",
            ],
            await _star.QueryAsync(
                """
                SELECT first_week::VARCHAR, active_week::VARCHAR, weeks_later, users, returned_users, share, is_incomplete
                FROM analytics.retention_weekly ORDER BY ALL
                """
            )
        );
    }

    [Fact]
    public async Task A_funnel_counts_who_took_its_steps_in_order_and_in_time()
    {
        _star.Variables = new Dictionary<string, string>
        {
            ["funnel_1_page"] = "^/offers",
            ["funnel_2_event"] = "search",
            ["funnel_3_event"] = "buy",
            ["funnel_hours"] = "1",
        };
        string[] visits =
        [
            "0 /offers, 10 search, 20 buy",
            "0 buy, 5 /offers/new, 6 search",
            "0 search, 10 /offers",
            "0 /home, 1 search, 2 buy",
            "0 /offers, 10 search, 3600.001 buy",
            "0 /offers, 10 search, 3600 buy",
            "0 /offers, 0 search",
        ];
        await _star.LandAsync(0, 1, [.. visits.SelectMany((deeds, at) => new Visit($"d{at}").Rows(deeds))]);
        await _star.BuildAsync();
        Assert.Equal(
            ["1|[Amplitude] Page Viewed|^/offers|6|1", "2|search||4|0.6667", "3|buy||2|0.3333"],
            await _star.QueryAsync(
                "SELECT step, event_type, page, users, round(share_of_first, 4) FROM analytics.funnel ORDER BY step"
            )
        );
    }

    [Fact]
    public async Task Every_day_and_event_type_is_counted_and_so_are_those_without_events()
    {
        await _star.LandAsync(
            0,
            1,
            At("a", "ann", 1, "2025-07-08 23:59:59.999", "view"),
            At("b", "ann", 1, "2025-07-08 23:00:00", "view"),
            At("c", "bob", 1, "2025-07-08 12:00:00", "view"),
            At("d", "ann", 2, "2025-07-10 00:00:00", "buy"),
            At("e", "cal", 1, "2025-07-10 00:00:00", "view")
        );
        await _star.BuildAsync();
        Assert.Equal(
            [
                "2025-07-08|buy|0|0|0|2",
                "2025-07-08|view|3|2|2|2",
                "2025-07-09|buy|0|0|0|0",
                "2025-07-09|view|0|0|0|0",
                "2025-07-10|buy|1|1|1|1",
                "2025-07-10|view|1|1|1|1",
            ],
            await _star.QueryAsync(
                """
                SELECT event_date::VARCHAR, event_type, events, sessions, users, new_users_of_day
                FROM analytics.daily_performance ORDER BY ALL
                """
            )
        );
        Assert.Equal(
            ["2025-07-08|2025-07-07|2025|7|8|2|False", "2025-07-10|2025-07-07|2025|7|10|4|False"],
            await _star.QueryAsync(
                """
                SELECT date_day::VARCHAR, week_start::VARCHAR, year_number, month_number, day_number, iso_weekday, is_weekend
                FROM analytics.dim_dates WHERE day_number <> 9 ORDER BY ALL
                """
            )
        );
    }

    private static string At(string uuid, string who, int session, string at, string type) =>
        $"""
            '{uuid}' AS uuid, '{who}' AS device_id, '{who}' AS user_id, {session} AS session_id, '{type}' AS event_type,
            TIMESTAMP '{at}' AS event_time
            """;
}
