namespace Waveguide.Tests.Transform;

/// <summary>The models on half a real day agree with figures that another program counted.</summary>
public sealed class HalfDayTests : IClassFixture<HalfDay>
{
    private const string Folder = "expected/real-half-day";
    private const string Fivetran = "expected/fivetran-shape";

    private readonly HalfDay _day;

    public HalfDayTests(HalfDay day)
    {
        _day = day;
        Samples.Find(HalfDay.Archive);
    }

    [Fact]
    public async Task Sessions_and_their_journeys()
    {
        var differing = $"""
            SELECT expected.session_id
            FROM {Csv("sessions")} AS expected
            FULL JOIN (
                SELECT sessions.*, journeys.journey
                FROM analytics.fct_sessions AS sessions
                LEFT JOIN (
                    SELECT session_key, string_agg(page_path, ' > ' ORDER BY step) AS journey
                    FROM analytics.fct_page_views GROUP BY session_key
                ) AS journeys USING (session_key)
            ) AS actual ON actual.session_id = expected.session_id::BIGINT AND actual.device_id = expected.device_id
            WHERE actual.events IS DISTINCT FROM expected.events::BIGINT
                OR actual.started_at IS DISTINCT FROM expected.first_event_time::TIMESTAMP
                OR actual.ended_at IS DISTINCT FROM expected.last_event_time::TIMESTAMP
                OR abs(actual.seconds - expected.duration_seconds::DOUBLE) > 0.0005
                OR actual.page_views <> expected.page_views::BIGINT
                OR actual.clicks <> expected.clicks::BIGINT
                OR actual.entry_path IS DISTINCT FROM expected.entry_path
                OR actual.exit_path IS DISTINCT FROM expected.exit_path
                OR actual.journey IS DISTINCT FROM expected.path_journey
                OR actual.has_session_start <> (expected.has_session_start = '1')
                OR actual.has_session_end <> (expected.has_session_end = '1')
                OR actual.has_several_addresses <> (expected.distinct_ips::BIGINT > 1)
            """;
        Assert.Empty(await _day.Star.QueryAsync(differing));
        Assert.Equal(
            ["196|37"],
            await _day.Star.QueryAsync("SELECT count(*), count(*) FILTER (is_lone_end) FROM analytics.fct_sessions")
        );
    }

    [Fact]
    public async Task Transitions_between_pages() =>
        Assert.Empty(
            await _day.Star.QueryAsync(
                $"""
                SELECT * FROM {Csv("path_transitions")} AS expected
                FULL JOIN (
                    SELECT page_path, next_page_path, count(*) AS views FROM analytics.fct_page_views
                    WHERE next_page_path IS NOT NULL GROUP BY ALL
                ) AS actual ON actual.page_path = expected."from" AND actual.next_page_path = expected."to"
                WHERE actual.views IS DISTINCT FROM expected.count::BIGINT
                """
            )
        );

    [Fact]
    public async Task Events_by_type_and_pages_by_path() =>
        Assert.Empty(
            await _day.Star.QueryAsync(
                $"""
                SELECT actual.event_type FROM {Csv("events_per_type")} AS expected
                FULL JOIN analytics.dim_event_types AS actual ON actual.event_type = expected.event_type
                WHERE actual.events IS DISTINCT FROM expected.events::BIGINT
                UNION ALL
                SELECT actual.page_path FROM {Csv("page_paths")} AS expected
                FULL JOIN (SELECT page_path, count(*) AS views FROM analytics.fct_page_views GROUP BY ALL) AS actual
                    ON actual.page_path = expected.path
                WHERE actual.views IS DISTINCT FROM expected.page_views::BIGINT
                """
            )
        );

    [Fact]
    public async Task Repeated_clicks_by_each_definition()
    {
        foreach (
            var line in (
                await File.ReadAllLinesAsync(Samples.Find($"{Folder}/repeated_clicks_by_definition.csv"))
            ).Skip(1)
        )
        {
            var expected = line.Split(',');
            _day.Star.Variables = new Dictionary<string, string>
            {
                ["repeat_clicks"] = expected[0],
                ["repeat_seconds"] = expected[1],
            };
            await _day.Star.BuildAsync();
            var actual = await _day.Star.QueryAsync(
                "SELECT count(*), count(DISTINCT session_key), coalesce(sum(clicks), 0) FROM analytics.click_bursts"
            );
            Assert.Equal(
                $"{expected[0]}|{expected[1]}: {string.Join('|', expected[2..])}",
                $"{expected[0]}|{expected[1]}: {actual[0]}"
            );
        }
    }

    /// <summary>What the logic of fivetran/dbt_amplitude makes of the half-day, it makes of the views, too.</summary>
    [Fact]
    public async Task Sessions_and_users_as_Fivetrans_models_count_them()
    {
        Assert.Empty(
            await _day.Star.QueryAsync(
                $"""
                FROM (
                    SELECT user_id, session_id::BIGINT AS session_id, events_per_session::BIGINT AS events,
                        session_started_at::TIMESTAMP AS started_at, session_ended_at::TIMESTAMP AS ended_at
                    FROM {Csv("sessions", Fivetran)}
                ) AS expected
                FULL JOIN (
                    SELECT user_id, session_id, count(id) AS events, min(event_time) AS started_at, max(event_time) AS ended_at
                    FROM analytics.event GROUP BY ALL
                ) AS actual ON actual.session_id = expected.session_id
                    AND actual.user_id IS NOT DISTINCT FROM expected.user_id AND actual.events = expected.events
                WHERE expected.started_at IS DISTINCT FROM actual.started_at
                    OR expected.ended_at IS DISTINCT FROM actual.ended_at
                """
            )
        );
        Assert.Empty(
            await _day.Star.QueryAsync(
                $"""
                SELECT * FROM {Csv("user_enhanced", Fivetran)} AS expected
                FULL JOIN (
                    SELECT coalesce(user_id, amplitude_id) AS person, count(id) AS events, min(event_time) AS first_at
                    FROM analytics.event GROUP BY ALL
                ) AS actual ON actual.person = expected.amplitude_user_id
                WHERE actual.events IS DISTINCT FROM expected.total_events_per_user::BIGINT
                """
            )
        );
    }

    private static string Csv(string name, string folder = Folder) =>
        $"read_csv('{Samples.Find($"{folder}/{name}.csv")}', all_varchar = true)";
}
