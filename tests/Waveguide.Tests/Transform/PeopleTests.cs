namespace Waveguide.Tests.Transform;

/// <summary>Who is one person: after merges, after merges that were taken back, and in several projects.</summary>
public sealed class PeopleTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task A_merged_user_is_the_one_who_remains_until_the_merge_is_taken_back()
    {
        await _star.LandAsync(0, 1, Visit("a", 1, "ann"), Visit("b", 2, "bob"));
        await _star.BuildAsync();
        Assert.Equal(["a1|ann|1", "a2|bob|1"], await UsersAsync());

        await MergeAsync(1, into: 2);
        await _star.BuildAsync();
        Assert.Equal(["a2|bob|2"], await UsersAsync());
        Assert.Equal(["a1|a2|merged", "a2|a2|own"], await IdentitiesAsync());
        Assert.Equal(["a2|1", "a2|2"], await SessionsAsync());

        await _star.ExecuteAsync("DELETE FROM amplitude.merged_ids");
        await _star.BuildAsync();
        Assert.Equal(["a1|ann|1", "a2|bob|1"], await UsersAsync());
        Assert.Equal(["a1|1", "a2|1"], await SessionsAsync());
    }

    [Fact]
    public async Task A_merge_into_one_who_was_merged_himself_leads_to_the_last()
    {
        await _star.LandAsync(0, 1, Visit("a", 1, "ann"), Visit("b", 2, "bob"), Visit("c", 3, "cal"));
        await _star.BuildAsync();
        await MergeAsync(1, into: 2);
        await MergeAsync(2, into: 3);
        await _star.BuildAsync();
        Assert.Equal(["a3|cal|3"], await UsersAsync());
    }

    [Fact]
    public async Task A_merge_that_is_there_before_the_events_counts_when_they_come()
    {
        await _star.BuildAsync();
        await MergeAsync(1, into: 2);
        await _star.LandAsync(0, 1, Visit("b", 2, "bob"));
        await _star.BuildAsync();
        await _star.LandAsync(1, 1, Visit("a", 1, "ann"));
        await _star.BuildAsync();
        Assert.Equal(["a2|bob|2"], await UsersAsync());
    }

    [Fact]
    public async Task An_anonymous_visit_belongs_to_the_next_who_logs_in_on_the_device_and_else_to_the_one_before()
    {
        string On(string device, int at, int identity, string user) =>
            $"""
                '{device}{at}' AS uuid, '{device}' AS device_id, {at} AS session_id, {identity} AS amplitude_id, {user} AS user_id,
                TIMESTAMP '2025-07-09' + INTERVAL {at} SECOND AS event_time
                """;
        await _star.LandAsync(
            0,
            1,
            On("between", 10, 1, "'ann'"),
            On("between", 11, 2, "NULL"),
            On("between", 60, 3, "'bob'"),
            On("after", 20, 4, "'cal'"),
            On("after", 30, 5, "NULL"),
            On("alone", 40, 6, "NULL")
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["a1|a1|own", "a2|a3|stitched", "a3|a3|own", "a4|a4|own", "a5|a4|stitched", "a6|a6|own"],
            await IdentitiesAsync()
        );
    }

    [Fact]
    public async Task Projects_in_one_warehouse_share_no_session_though_device_and_session_are_the_same()
    {
        await _star.LandAsync(0, 1, Visit("a", 1, "ann", device: "shared"), Server("s1", 0));
        _star.Project = "app";
        await _star.LandAsync(0, 1, Visit("b", 2, "bob", device: "shared"), Server("s2", 1));
        await _star.BuildAsync();
        Assert.Equal(
            ["app|1|False|bob|False", "app|1|True||False", "web|1|False|ann|False", "web|1|True||False"],
            await _star.QueryAsync(
                "SELECT project, events, is_sessionless, user_id, has_several_users FROM analytics.fct_sessions ORDER BY ALL"
            )
        );
        Assert.Equal(
            ["app|2", "web|2"],
            await _star.QueryAsync("SELECT project, count(*) FROM analytics.fct_events GROUP BY ALL ORDER BY ALL")
        );
    }

    [Fact]
    public async Task An_hour_of_one_project_is_replaced_without_touching_the_other()
    {
        await _star.LandAsync(0, 1, Visit("a", 1, "ann"));
        _star.Project = "app";
        await _star.LandAsync(0, 1, Visit("b", 2, "bob"), Visit("c", 3, "cal"));
        await _star.BuildAsync();
        await _star.LandAsync(0, 2, Visit("b", 2, "bob"));
        await _star.BuildAsync();
        Assert.Equal(
            ["app|bob", "web|ann"],
            await _star.QueryAsync("SELECT project, user_id FROM analytics.fct_events ORDER BY ALL")
        );
    }

    private Task MergeAsync(long identity, long into) =>
        _star.ExecuteAsync(
            $"INSERT INTO amplitude.merged_ids BY NAME SELECT {identity} AS amplitude_id, {into} AS merged_amplitude_id"
        );

    private Task<IReadOnlyList<string>> UsersAsync() =>
        _star.QueryAsync("SELECT user_key, user_id, sessions FROM analytics.dim_users ORDER BY ALL");

    private Task<IReadOnlyList<string>> IdentitiesAsync() =>
        _star.QueryAsync("SELECT identity_key, user_key, rule FROM analytics.dim_identities ORDER BY ALL");

    private Task<IReadOnlyList<string>> SessionsAsync() =>
        _star.QueryAsync("SELECT user_key, user_session_number FROM analytics.fct_sessions ORDER BY ALL");

    private static string Visit(string uuid, int identity, string user, string? device = null) =>
        $"""
            '{uuid}' AS uuid, {identity} AS amplitude_id, '{user}' AS user_id, '{device
                ?? uuid}' AS device_id, 1000 AS session_id,
            'view' AS event_type, TIMESTAMP '2025-07-09 00:00:0{identity}' AS event_time
            """;

    private static string Server(string uuid, int second) =>
        $"'{uuid}' AS uuid, 'server' AS device_id, -1 AS session_id, TIMESTAMP '2025-07-09 00:01:0{second}' AS event_time";
}
