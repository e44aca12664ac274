using Waveguide.Transform;

namespace Waveguide.Tests.Transform;

/// <summary>Whatever order hours land in, what a run touches brings the models to where a full rebuild would.</summary>
public sealed class TouchedRowsTests(ITestOutputHelper output) : IDisposable
{
    private const int Lives = 2;
    private const int Steps = 5;

    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task Late_replaced_and_vanished_hours_leave_what_a_full_rebuild_makes()
    {
        var seeds = Seeds.Asked is { } one
            ? [one]
            : Enumerable.Range(1, Seeds.Number("WAVEGUIDE_SEEDS") ?? Lives).ToArray();
        foreach (var seed in seeds)
        {
            using var star = Star.InNewWarehouse();
            var traffic = new RandomTraffic(seed);
            for (var step = 1; step <= Steps; step++)
            {
                await traffic.ChangeAsync(star);
                if (step > 1)
                {
                    await traffic.LearnAsync(star);
                }

                var touched = await star.BuildAsync();
                Assert.Equal(
                    step == 1 ? BuildKind.Whole : BuildKind.Touched,
                    touched.Built.Single(built => built.Model.Name == "fct_sessions").Kind
                );
                var differing = await DifferencesAsync(star);
                Assert.True(
                    differing.Count == 0,
                    $"WAVEGUIDE_SEED={seed} replays this: step {step}, {string.Join(", ", differing)}"
                );
            }
        }

        Seeds.Tell(output, $"models: seeds {seeds[0]} to {seeds[^1]}, {Steps} loads each");
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

    [Fact]
    public async Task An_anonymous_history_moves_from_one_user_to_another_who_logs_in_elsewhere()
    {
        await _star.LandAsync(
            0,
            1,
            Visit("a", "shared", identity: 1, session: 1000),
            Visit("b", "shared", identity: 2, session: 2000),
            Visit("c", "other", identity: 1, session: 3000),
            Visit("d", "other", identity: 3, session: 4000) + ", 'first' AS user_id"
        );
        await _star.BuildAsync();
        Assert.Equal(["a1|a3", "a2|a2", "a3|a3"], await PeopleAsync());
        await _star.LandAsync(1, 1, Visit("e", "elsewhere", identity: 2, session: 5000) + ", 'second' AS user_id");
        await _star.BuildAsync();
        Assert.Equal(["a1|a2", "a2|a2", "a3|a3"], await PeopleAsync());
        Assert.Empty(await DifferencesAsync(_star));
    }

    private Task<IReadOnlyList<string>> PeopleAsync() =>
        _star.QueryAsync("SELECT identity_key, user_key FROM analytics.dim_identities ORDER BY ALL");

    private static string Visit(string uuid, string device, int identity = 5, long session = 1000) =>
        $$"""
            '{{uuid}}' AS uuid, '{{device}}' AS device_id, {{session}} AS session_id, {{identity}} AS amplitude_id,
            '[Amplitude] Page Viewed' AS event_type, make_timestamp({{(session + uuid.Length) * 1000}}) AS event_time,
            '{"[Amplitude] Page URL": "https://www.example.co.uk/{{uuid}}"}'::JSON AS event_properties
            """;

    /// <returns>Models that are not as they would be if they were built of all rows.</returns>
    private static async Task<IReadOnlyList<string>> DifferencesAsync(Star star)
    {
        var anew = await star.BuildAsync(fullRefresh: true, "anew");
        var models = anew.Built.Select(built => built.Model).Where(model => !IsBookkeeping(model));
        var counts = models.Select(model =>
            $"""
                SELECT '{model.Name}', (SELECT count(*) FROM (FROM analytics.{model.Name} EXCEPT ALL FROM anew.{model.Name})) AS extra,
                    (SELECT count(*) FROM (FROM anew.{model.Name} EXCEPT ALL FROM analytics.{model.Name})) AS missing
                """
        );
        return await star.QueryAsync(
            $"FROM ({string.Join(" UNION ALL ", counts)}) WHERE extra <> 0 OR missing <> 0 ORDER BY ALL"
        );
    }

    /// <summary>They remember what is gone, or tell what the last run touched.</summary>
    private static bool IsBookkeeping(Model model) => model.File.Contains("bookkeeping/", StringComparison.Ordinal);
}
