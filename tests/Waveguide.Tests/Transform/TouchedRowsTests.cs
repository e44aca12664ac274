namespace Waveguide.Tests.Transform;

/// <summary>Whatever order hours land in, what a run touches brings the models to where a full rebuild would.</summary>
public sealed class TouchedRowsTests : IDisposable
{
    /// <summary>Machinery: what has been seen so far, and what the last run touched.</summary>
    private static readonly string[] Bookkeeping =
    [
        "seen_keys",
        "repeated_uuids",
        "uuid_homes",
        "address_networks",
        "changed_hours",
        "touched_hours",
        "touched_sessions",
        "touched_devices",
        "touched_users",
        "touched_dates",
        "touched_events",
    ];

    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Late_replaced_and_vanished_hours_leave_what_a_full_rebuild_makes(int seed)
    {
        var dice = new Random(seed);
        for (var run = 0; run < 3; run++)
        {
            foreach (var hour in Enumerable.Range(0, 2 + (3 * (run == 0 ? 2 : 0))).Select(_ => dice.Next(8)))
            {
                var rows = dice.Next(8) == 0 ? 0 : dice.Next(1, 9);
                await _star.LandAsync(
                    hour,
                    dice.Next(),
                    [
                        .. Enumerable
                            .Range(0, rows)
                            .Select(_ => Row(dice))
                            .DistinctBy(row => row[..row.IndexOf(',', StringComparison.Ordinal)]),
                    ]
                );
            }

            await _star.BuildAsync();
            var touched = await ContentAsync();
            await _star.BuildAsync(fullRefresh: true);
            Assert.Equal(touched, await ContentAsync());
        }
    }

    [Fact]
    public async Task A_session_whose_last_event_is_gone_is_gone()
    {
        await _star.LandAsync(0, 1, Visit("a", "d1"), Visit("b", "d2"));
        await _star.BuildAsync();
        await _star.LandAsync(0, 2, Visit("b", "d2"));
        await _star.BuildAsync();
        Assert.Equal(["d2"], await _star.QueryAsync("SELECT device_id FROM analytics.fct_sessions"));
        Assert.Equal(["d2"], await _star.QueryAsync("SELECT device_id FROM analytics.dim_devices"));
    }

    [Fact]
    public async Task A_late_session_end_joins_its_session_and_moves_no_ordinal()
    {
        await _star.LandAsync(0, 1, Visit("a", "d", session: 1000), Visit("b", "d", session: 2000));
        await _star.BuildAsync();
        await _star.LandAsync(
            7,
            2,
            "'c' AS uuid, 'd' AS device_id, 1000 AS session_id, 5 AS amplitude_id, 'session_end' AS event_type, make_timestamp(1001000) AS event_time"
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["1000|2|True|1", "2000|1|False|2"],
            await _star.QueryAsync(
                "SELECT session_id, events, has_session_end, user_session_number FROM analytics.fct_sessions ORDER BY session_id"
            )
        );
    }

    [Fact]
    public async Task A_uuid_in_two_hours_is_one_event_until_one_of_them_lets_it_go()
    {
        await _star.LandAsync(1, 1, Visit("a", "early"));
        await _star.LandAsync(2, 1, Visit("a", "late"));
        await _star.BuildAsync();
        Assert.Equal(["late"], await _star.QueryAsync("SELECT device_id FROM analytics.fct_events"));
        await _star.LandAsync(2, 2);
        await _star.BuildAsync();
        Assert.Equal(["early"], await _star.QueryAsync("SELECT device_id FROM analytics.fct_events"));
        Assert.Equal(["early"], await _star.QueryAsync("SELECT device_id FROM analytics.fct_sessions"));
    }

    [Fact]
    public async Task An_anonymous_history_moves_to_the_user_who_logs_in_later()
    {
        await _star.LandAsync(0, 1, Visit("a", "d", identity: 1, session: 1000));
        await _star.BuildAsync();
        Assert.Equal(["a1"], await _star.QueryAsync("SELECT user_key FROM analytics.dim_users"));
        await _star.LandAsync(1, 1, Visit("b", "d", identity: 2, session: 2000) + ", 'u' AS user_id");
        await _star.BuildAsync();
        Assert.Equal(
            ["a2|u|2|2"],
            await _star.QueryAsync("SELECT user_key, user_id, sessions, identities FROM analytics.dim_users")
        );
    }

    private static string Row(Random dice)
    {
        var visit = Visit($"u{dice.Next(40)}", $"d{dice.Next(4)}", dice.Next(6), 1000 * dice.Next(-1, 3));
        var user = dice.Next(4) == 0 ? $", 'user{dice.Next(3)}' AS user_id" : string.Empty;
        return visit
            + user
            + $", '10.0.0.{dice.Next(3)}' AS ip_address, ['France', 'Spain', NULL][{dice.Next(1, 4)}] AS country";
    }

    private static string Visit(string uuid, string device, int identity = 5, long session = 1000) =>
        $$"""
            '{{uuid}}' AS uuid, '{{device}}' AS device_id, {{session}} AS session_id, {{identity}} AS amplitude_id,
            '[Amplitude] Page Viewed' AS event_type, make_timestamp({{(session + uuid.Length) * 1000}}) AS event_time,
            '{"[Amplitude] Page URL": "https://www.example.co.uk/{{uuid}}"}'::JSON AS event_properties
            """;

    private async Task<Dictionary<string, string>> ContentAsync()
    {
        var tables = await _star.QueryAsync(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'analytics' ORDER BY table_name"
        );
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables.Except(Bookkeeping))
        {
            content[table] = string.Join('\n', await _star.QueryAsync($"FROM analytics.{table} ORDER BY ALL"));
        }

        return content;
    }
}
