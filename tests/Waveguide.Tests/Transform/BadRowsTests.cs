namespace Waveguide.Tests.Transform;

/// <summary>Rows that nobody should send have a place of their own in the models.</summary>
public sealed class BadRowsTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task An_empty_warehouse_gives_empty_models()
    {
        await _star.BuildAsync();
        Assert.Equal(
            ["0|0"],
            await _star.QueryAsync(
                "SELECT (SELECT count(*) FROM analytics.fct_events), (SELECT count(*) FROM analytics.menu_comparison)"
            )
        );
        Assert.Equal(
            ["0|0"],
            await _star.QueryAsync(
                "SELECT (SELECT count(*) FROM analytics.stg_user_profiles), (SELECT count(*) FROM analytics.stg_cohort_members)"
            )
        );
    }

    [Fact]
    public async Task Columns_that_an_older_load_does_not_have_are_null()
    {
        await _star.LandAsync(5, 1, "'a' AS uuid, 'd' AS device_id, 7 AS session_id");
        string[] missing =
        [
            "insert_key",
            "data_type",
            "global_user_properties",
            "partner_id",
            "plan",
            "source_id",
            "dma",
        ];
        foreach (var column in missing)
        {
            await _star.ExecuteAsync($"ALTER TABLE amplitude.events DROP COLUMN {column}");
        }

        await _star.BuildAsync();
        Assert.Equal(["d|7|"], await _star.QueryAsync("SELECT device_id, session_id, dma FROM analytics.stg_events"));
        Assert.Equal(["d|7"], await _star.QueryAsync("SELECT device_id, session_id FROM analytics.fct_sessions"));
    }

    [Fact]
    public async Task Rows_of_nothing_but_null_are_events_at_their_upload_hour()
    {
        await _star.LandAsync(5, 1, "NULL AS uuid", "NULL AS uuid");
        await _star.BuildAsync();
        Assert.Equal(
            ["(none)|2025-07-09 05:00:00|2"],
            await _star.QueryAsync(
                "SELECT event_type, strftime(event_at, '%Y-%m-%d %H:%M:%S'), count(DISTINCT event_key) FROM analytics.fct_events GROUP BY ALL"
            )
        );
    }

    [Fact]
    public async Task Events_without_a_session_are_cut_where_they_pause()
    {
        await _star.LandAsync(0, 1, Server("a", 0), Server("b", 30), Server("c", 61), Server("d", 89));
        await _star.BuildAsync();
        Assert.Equal(
            ["2|True", "2|True"],
            await _star.QueryAsync("SELECT events, is_sessionless FROM analytics.fct_sessions")
        );
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("-1")]
    public async Task A_session_id_that_is_null_or_minus_one_is_none(string session)
    {
        string[] rows =
        [
            .. new[] { 0, 10, 50 }.Select(minute =>
                $"'{minute}' AS uuid, 'd' AS device_id, {session}::BIGINT AS session_id, TIMESTAMP '2025-07-09' + INTERVAL {minute} MINUTE AS event_time"
            ),
        ];
        await _star.LandAsync(0, 1, rows);
        await _star.BuildAsync();
        Assert.Equal(
            ["|1|True|0", "|2|True|600"],
            await _star.QueryAsync(
                "SELECT session_id, events, is_sessionless, seconds FROM analytics.fct_sessions ORDER BY events"
            )
        );
    }

    [Fact]
    public async Task Events_dated_1970_or_2099_are_marked_and_stretch_no_calendar()
    {
        string[] days = ["1970-01-01", "2025-07-09", "2099-12-31"];
        await _star.LandAsync(
            0,
            1,
            [
                .. days.Select(day =>
                    $"'{day}' AS uuid, '{day}' AS device_id, TIMESTAMP '{day}' AS event_time, TIMESTAMP '2025-07-09' AS server_upload_time"
                ),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["1970-01-01|True", "2025-07-09|False", "2099-12-31|True"],
            await _star.QueryAsync("SELECT device_id, is_clock_suspect FROM analytics.fct_sessions ORDER BY device_id")
        );
        Assert.Equal(["3"], await _star.QueryAsync("SELECT count(*) FROM analytics.dim_dates"));
    }

    [Fact]
    public async Task Two_users_on_one_device_and_session_are_one_session_of_the_last()
    {
        const string Place = "'d' AS device_id, 7 AS session_id";
        await _star.LandAsync(
            0,
            1,
            $"'a' AS uuid, 1 AS amplitude_id, 'one' AS user_id, {Place}, TIMESTAMP '2025-07-09 00:00:01' AS event_time",
            $"'b' AS uuid, 2 AS amplitude_id, 'two' AS user_id, {Place}, TIMESTAMP '2025-07-09 00:00:02' AS event_time",
            $"'c' AS uuid, 3 AS amplitude_id, {Place}, TIMESTAMP '2025-07-09 00:00:03' AS event_time"
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["3|two|True"],
            await _star.QueryAsync("SELECT events, user_id, has_several_users FROM analytics.fct_sessions")
        );
    }

    [Fact]
    public async Task A_property_of_mixed_types_is_read_where_it_fits()
    {
        (string Json, string Read)[] cases =
        [
            ("5", "5|5"),
            ("5.5", "5.5|5.5"),
            ("\"6\"", "6|6"),
            ("\"seven\"", "|seven"),
            ("true", "|true"),
            ("null", "|"),
            ("[8, 9]", "|"),
            ("{\"a\": 9}", "|"),
        ];
        await _star.LandAsync(
            0,
            1,
            [
                .. cases.Select(one =>
                    $$"""NULL AS uuid, '{"[Amplitude] Page Counter": {{one.Json}}, "[Amplitude] Page Title": {{one.Json}}}'::JSON AS event_properties"""
                ),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            cases.Select(one => one.Read),
            await _star.QueryAsync("SELECT page_counter, page_title FROM analytics.stg_events ORDER BY event_key")
        );
    }

    [Fact]
    public async Task Keys_that_differ_only_by_case_are_two_properties()
    {
        await _star.LandAsync(
            0,
            1,
            """
            'a' AS uuid, '{"[amplitude] page title": "low", "[Amplitude] Page Title": "right", "[AMPLITUDE] PAGE TITLE": "high"}'::JSON AS event_properties
            """,
            """'b' AS uuid, '{"[amplitude] page title": "low"}'::JSON AS event_properties"""
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["a|right", "b|"],
            await _star.QueryAsync("SELECT event_key, page_title FROM analytics.stg_events ORDER BY 1")
        );
    }

    [Fact]
    public async Task A_page_URL_that_is_no_URL_is_no_page()
    {
        (string Url, string Page)[] cases =
        [
            ("\"not a url\"", "|"),
            ("5", "|"),
            ("[1, {\"a\": 2}]", "|"),
            ("null", "|"),
            ("\"javascript:alert(1)\"", "|"),
            ("\"https://EXAMPLE.co.uk:8080\"", "example.co.uk/|UK"),
            ("\"https://u:p@www.example.de/Path/12/34/56?x=1#y\"", "www.example.de/Path/*/*/*|example.de"),
            ("\"https://example.com/a/0f8fad5b-d9cb-469f-a165-70867728950e/b\"", "example.com/a/*/b|example.com"),
        ];
        await _star.LandAsync(
            0,
            1,
            [
                .. cases.Select(one =>
                    $$"""
                        NULL AS uuid,
                        '{"[Amplitude] Page URL": {{one.Url}}, "[amplitude] page url": "https://other.example/"}'::JSON AS event_properties
                        """
                ),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            cases.Select(one => one.Page),
            await _star.QueryAsync("SELECT page_key, site FROM analytics.stg_events ORDER BY event_key")
        );
    }

    [Fact]
    public async Task An_IP_text_that_is_no_IP_is_marked_invalid()
    {
        (string Address, string Read)[] cases =
        [
            ("1.2.3.4", "public|4"),
            ("10.1.2.3", "private|4"),
            ("1::2::3", "invalid|"),
            ("2001:DB8::1", "public|6"),
            ("999.1.1.1", "invalid|"),
            ("::1", "private|6"),
            ("::ffff:1.2.3.4", "public|4"),
            ("not an address", "invalid|"),
        ];
        await _star.LandAsync(
            0,
            1,
            [.. cases.Select(one => $"'{one.Address}' AS uuid, '{one.Address}' AS ip_address")]
        );
        await _star.BuildAsync();
        Assert.Equal(
            cases.Select(one => $"{one.Address}|{one.Read}"),
            await _star.QueryAsync(
                "SELECT ip_address, reach, ip_version FROM analytics.dim_addresses ORDER BY ip_address"
            )
        );
    }

    [Theory]
    [InlineData("keep", "81.2.69.142", "2001:DB8:1:2::3")]
    [InlineData("truncate", "81.2.69.0", "2001:DB8:1::")]
    [InlineData(
        "hmac",
        "2c231b770668d9a96c06ac6ad6562c4d9022886bdbbdc75cb5d23419144ebb7f",
        "61fe16cea1a523f9df79d8d6ad358e9d843bf943649f0c0fe348ec976b4e8ed3"
    )]
    [InlineData("drop", "", "")]
    public async Task An_address_is_kept_as_the_privacy_variable_says_after_it_was_looked_up(
        string privacy,
        string kept,
        string kept6
    )
    {
        _star.Variables = new Dictionary<string, string>
        {
            ["privacy_ip"] = privacy,
            ["privacy_ip_key"] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        };
        await _star.LandAsync(
            0,
            1,
            "'a' AS uuid, '81.2.69.142' AS ip_address",
            "'b' AS uuid, '2001:DB8:1:2::3' AS ip_address"
        );
        await _star.BuildAsync();
        await _star.ExecuteAsync(
            """
            INSERT INTO waveguide.network_ranges BY NAME FROM (VALUES
                ('41359103232', '41359103487', 'Example Bank'),
                ('620010db8000100000000000000000000', '620010db80001ffffffffffffffffffff', 'University of Example')
            ) AS ranges(first_key, last_key, organisation)
            """
        );
        await _star.BuildAsync();
        Assert.Equal(
            [$"{kept}|4|Example Bank|business", $"{kept6}|6|University of Example|education"],
            await _star.QueryAsync(
                "SELECT ip_address, ip_version, company, network_class FROM analytics.dim_addresses ORDER BY ip_version"
            )
        );
        Assert.Equal(
            [kept, kept6],
            await _star.QueryAsync("SELECT ip_address FROM analytics.stg_events ORDER BY event_key")
        );
    }

    private static string Server(string uuid, int minute) =>
        $"'{uuid}' AS uuid, 'server' AS device_id, -1 AS session_id, TIMESTAMP '2025-07-09' + INTERVAL {minute} MINUTE AS event_time";
}
