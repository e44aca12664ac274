namespace Waveguide.Tests.Transform;

/// <summary>What a session says of itself, and its place among the sessions of its person.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task A_session_knows_its_way_in_and_out_its_pages_its_length_and_whether_it_bounced()
    {
        (string Device, string Deeds)[] visits =
        [
            ("bounce", "0 session_start, 0 /a, 9.5 session_end"),
            ("clicked", "0 /a, 1 click:x"),
            ("day", "0 /a, 86400 /b"),
            ("day and more", "0 /a, 86400.001 /b"),
            ("walk", "0 /a, 1 /b, 2.25 /a"),
            ("without pages", "0 search, 5 search"),
        ];
        await _star.LandAsync(0, 1, [.. visits.SelectMany(visit => new Visit(visit.Device).Rows(visit.Deeds))]);
        await _star.BuildAsync();
        Assert.Equal(
            [
                "bounce|/a|/a|1|1|0|9.5|3|bounce,start,end",
                "clicked|/a|/a|1|1|1|1|2|",
                "day|/a|/b|2|2|0|86400|2|",
                "day and more|/a|/b|2|2|0|86400.001|2|overlong",
                "walk|/a|/a|3|2|0|2.25|3|",
                "without pages|||0|0|0|5|2|",
            ],
            await _star.QueryAsync(
                """
                SELECT device_id, entry_path, exit_path, page_views, pages, clicks, seconds, events,
                    concat_ws(',', CASE WHEN is_bounce THEN 'bounce' END, CASE WHEN is_overlong THEN 'overlong' END,
                        CASE WHEN has_session_start THEN 'start' END, CASE WHEN has_session_end THEN 'end' END)
                FROM analytics.fct_sessions ORDER BY device_id
                """
            )
        );
    }

    [Fact]
    public async Task A_session_end_alone_is_no_visit_until_its_session_comes()
    {
        await _star.LandAsync(
            0,
            1,
            [
                .. new Visit("d") { Also = "'81.2.69.142' AS ip_address" }.Rows("9 session_end"),
                .. new Visit("e").Rows("0 /a"),
            ]
        );
        await _star.BuildAsync();
        const string Visits = """
            SELECT is_lone_end, seconds, (SELECT sum(sessions) FROM analytics.network_visits),
                (SELECT sum(returned_users) FROM analytics.retention_weekly), (SELECT count(*) FROM analytics.journey_sessions)
            FROM analytics.fct_sessions WHERE device_id = 'd'
            """;
        Assert.Equal(["True|0|1|1|1"], await _star.QueryAsync(Visits));
        await _star.LandAsync(
            7,
            2,
            new Visit("d").Rows("0 /a")[0].Replace("'d-1-0'", "'late'", StringComparison.Ordinal)
        );
        await _star.BuildAsync();
        Assert.Equal(["False|9|2|2|2"], await _star.QueryAsync(Visits));
    }

    [Fact]
    public async Task A_session_keeps_its_place_among_those_of_its_person_whatever_order_they_land_in()
    {
        const string Places =
            "SELECT session_id, user_session_number, seconds_since_last_session FROM analytics.fct_sessions ORDER BY 1";
        string[] Rows(long session) => new Visit("d", session).Rows($"{session} /a, {session + 5} /b");
        await _star.LandAsync(0, 1, [.. Rows(200), .. Rows(300)]);
        await _star.BuildAsync();
        Assert.Equal(["200|1|", "300|2|95"], await _star.QueryAsync(Places));
        await _star.LandAsync(5, 2, Rows(100));
        await _star.BuildAsync();
        Assert.Equal(["100|1|", "200|2|95", "300|3|95"], await _star.QueryAsync(Places));
        await _star.LandAsync(6, 3, Rows(400));
        await _star.BuildAsync();
        Assert.Equal(["100|1|", "200|2|95", "300|3|95", "400|4|95"], await _star.QueryAsync(Places));
        await _star.BuildAsync(fullRefresh: true);
        Assert.Equal(["100|1|", "200|2|95", "300|3|95", "400|4|95"], await _star.QueryAsync(Places));
    }
}
