using Waveguide.Cli;
using Waveguide.Cli.Configuration;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>User profiles, from the simulated API to rows, by running the program.</summary>
public sealed class ProfilesTests
{
    [Fact]
    public async Task Named_users_land_with_all_that_is_asked_for()
    {
        await using var shell = await StartAsync(users: ["ana", "bob"]);
        shell.WithFile(
            "waveguide.yml",
            """
            user_profiles:
              rec_ids: [rec1]
              rec_type: random
              prediction_ids: [p1, p2]
              propensity_type: pct
            """
        );
        (await shell.RunAsync("sync --table user_profiles --user-ids ana,bob")).Ended(ExitCode.Done);
        Assert.Equal(
            "ana,12,5000000.0,c1regulars,random,pct",
            await shell.CellsAsync(
                """
                select user_id, amp_props->>'logins', amp_props->>'computed_revenue', cohort_ids->>0,
                    recommendations->0->>'recommendation_source', propensities->1->>'prop_type'
                from amplitude.user_profiles order by 1
                """
            )
        );
    }

    [Fact]
    public async Task Without_names_those_seen_in_recent_events_are_asked_for_once_each()
    {
        var old = Shell.Now.Date.AddDays(-9);
        var recent = Shell.Now.Date.AddHours(-3);
        var data = new MemoryData()
            .Add(old, 0, Shell.Row("1", old, "\"user_id\":\"old\","))
            .Add(
                recent,
                0,
                Shell.Row("2", recent, "\"user_id\":\"ana\","),
                Shell.Row("3", recent, "\"user_id\":\"ana\","),
                Shell.Row("4", recent)
            );
        await using var shell = await StartAsync(["ana", "old"], data);
        (await shell.RunAsync("sync --table events --table user_profiles")).Ended(ExitCode.Done);
        Assert.Equal("ana,1", await shell.CellsAsync("select min(user_id), count(*) from amplitude.user_profiles"));
    }

    [Fact]
    public async Task A_file_names_users_a_line_each()
    {
        await using var shell = await StartAsync(["ana", "bob"]);
        shell
            .WithFile("users.txt", "ana\n\n  bob  \nana\n")
            .WithFile("waveguide.yml", "user_profiles: {file: users.txt}\nload: {spool: spool}\n");
        (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Done);
        Assert.Equal("2", await shell.CellsAsync("select count(*) from amplitude.user_profiles"));
    }

    [Fact]
    public async Task A_million_lines_of_a_file_are_asked_for_once_each()
    {
        string[] users = [.. Enumerable.Range(0, 40).Select(user => $"user-{user}")];
        await using var shell = await StartAsync(users);
        await File.WriteAllLinesAsync(
            Path.Combine(shell.Folder, "users.txt"),
            Enumerable.Range(0, 1_000_000).Select(line => $" {users[line % users.Length]} ")
        );
        shell.WithFile("waveguide.yml", "user_profiles: {file: users.txt}\nload: {spool: spool}\n");
        (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Done);
        Assert.Equal(40, shell.Amplitude.Requests.Count);
        Assert.Equal("40", await shell.CellsAsync("select count(distinct user_id) from amplitude.user_profiles"));
    }

    [Fact]
    public async Task A_file_is_read_line_by_line_and_no_further_than_is_asked()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("users.txt"), "\n  \nana\nbob\n" + new string('x', 1 << 20));
        var options = Options(folder, "user_profiles: {file: users.txt}");
        var users = new WantedUsers(options, "default", destination: null, TimeProvider.System).Profiles().Users;
        await foreach (var user in users(CancellationToken.None))
        {
            Assert.Equal("ana", user);
            break;
        }
    }

    [Theory]
    [InlineData("user_profiles: {file: users.txt}", "the file of users {folder}/users.txt names nobody.")]
    [InlineData("user_profiles: {file: none.txt}", "the users of {folder}/none.txt cannot be read (")]
    [InlineData(
        "user_profiles: {user_ids: []}",
        "user_profiles.user_ids in waveguide.yml, line 1, must be a list of at least one id"
    )]
    public async Task A_list_of_nobody_is_refused_before_anything_is_asked_for(string settings, string said)
    {
        await using var shell = await StartAsync(["ana"]);
        shell.WithFile("users.txt", "\n \n").WithFile("waveguide.yml", settings);
        var outcome = (await shell.RunAsync("sync --table events --table user_profiles")).Ended(ExitCode.Usage);
        Assert.Contains(said.Replace("{folder}", shell.Folder, StringComparison.Ordinal), outcome.Flat);
        Assert.Empty(shell.Amplitude.Requests);
    }

    [Fact]
    public async Task A_list_too_long_for_the_configuration_is_told_where_it_belongs()
    {
        await using var shell = await StartAsync(["ana"]);
        var ids = string.Join('\n', Enumerable.Range(0, 100_000).Select(user => $"    - user-{user}"));
        shell.WithFile("waveguide.yml", $"user_profiles:\n  user_ids:\n{ids}\n");
        var outcome = (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Usage);
        Assert.Contains("belongs in a file of its own, which user_profiles.file names", outcome.Flat);
    }

    [Fact]
    public async Task A_user_who_was_never_seen_is_recorded_and_no_failure()
    {
        await using var shell = await StartAsync(["ana"]);
        var outcome = (await shell.RunAsync("sync --table user_profiles --user-ids ana,ghost")).Ended(ExitCode.Done);
        Assert.Contains("has no profile of 1 of 2 users", outcome.Flat);
        Assert.Equal(
            "ghost,User id and device id not seen before",
            await shell.CellsAsync("select user_id, error from amplitude.user_profiles where error is not null")
        );
    }

    [Fact]
    public async Task The_api_key_is_tried_where_the_secret_key_is_refused_and_then_kept()
    {
        await using var shell = await StartAsync(
            ["ana", "bob"],
            change: project => project with { ProfilesTakeApiKey = true }
        );
        shell.WithFile("waveguide.yml", "source: {requests: 1}\nload: {spool: spool}\n");
        (await shell.RunAsync("sync --table user_profiles --user-ids ana,bob")).Ended(ExitCode.Done);
        Assert.Equal([401, 200, 200], shell.Amplitude.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task Six_hundred_a_minute_are_never_exceeded_and_a_thousand_users_arrive()
    {
        string[] users = [.. Enumerable.Range(0, 1_300).Select(user => $"user-{user}")];
        await using var shell = await StartAsync(users);
        shell
            .WithFile("users.txt", string.Join('\n', users))
            .WithFile("waveguide.yml", "user_profiles: {file: users.txt}\nload: {spool: spool}\n");
        var outcome = (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Done);
        Assert.Contains("user_profiles: 600 of 1,300 users fetched", outcome.Flat);
        Assert.Contains("user_profiles: 1,200 of 1,300 users fetched", outcome.Flat);
        Assert.Equal(
            "1300",
            await shell.CellsAsync("select count(*) from amplitude.user_profiles where error is null")
        );
        Assert.All(shell.Amplitude.Requests, request => Assert.Equal(200, request.Status));
    }

    [Fact]
    public async Task A_run_that_fails_half_way_is_gone_on_with_by_the_next()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(user => $"user-{user}")];
        using var stop = new CancellationTokenSource();
        var users = new WatchedUsers(names, asked => Cancel(asked, stop));
        await using var shell = await StartAsync(users);
        shell
            .WithFile("users.txt", string.Join('\n', names))
            .WithFile("waveguide.yml", "user_profiles: {file: users.txt}\nload: {spool: spool}\n");
        (await shell.RunAsync("sync --table user_profiles", stop.Token)).Ended(ExitCode.Interrupted);
        var outcome = (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Done);
        Assert.Contains("profiles that an earlier run had fetched", outcome.Flat);
        Assert.InRange(shell.Amplitude.Requests.Count, 30, 36);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shell.Folder, "spool", "profiles")));
        Assert.Equal("30", await shell.CellsAsync("select count(distinct user_id) from amplitude.user_profiles"));

        static void Cancel(int asked, CancellationTokenSource stop)
        {
            if (asked == 12)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task Runs_that_are_stopped_and_go_on_within_a_minute_share_its_requests()
    {
        string[] names = [.. Enumerable.Range(0, 1_000).Select(user => $"user-{user}")];
        using var stop = new CancellationTokenSource();
        var users = new WatchedUsers(names, asked => _ = asked == 400 ? stop.CancelAsync() : Task.CompletedTask);
        await using var shell = await StartAsync(users);
        shell
            .WithFile("users.txt", string.Join('\n', names))
            .WithFile("waveguide.yml", "user_profiles: {file: users.txt}\nload: {spool: spool}\n");
        (await shell.RunAsync("sync --table user_profiles", stop.Token)).Ended(ExitCode.Interrupted);
        (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Done);
        Assert.DoesNotContain(shell.Amplitude.Requests, request => request.Status == 429);
        Assert.Equal(
            "1000,0",
            await shell.CellsAsync("select count(*), count(_extra) from amplitude.user_profiles where error is null")
        );
    }

    [Fact]
    public async Task Projects_of_one_organisation_share_its_minute()
    {
        var users = Enumerable.Range(0, 400).Select(user => $"user-{user}").ToList();
        await using var shell = await StartAsync(users);
        shell
            .WithFile("users.txt", string.Join('\n', users))
            .WithFile(
                "waveguide.yml",
                """
                tables: [user_profiles]
                user_profiles: {file: users.txt}
                load: {spool: spool}
                projects:
                  - {name: web, api_key: "${AMP_API_KEY}", secret_key: "${AMP_SECRET_KEY}"}
                  - {name: app, api_key: "${AMP_API_KEY}", secret_key: "${AMP_SECRET_KEY}"}
                """
            );
        (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.All(shell.Amplitude.Requests, request => Assert.Equal(200, request.Status));
        Assert.Equal("app,800", await shell.CellsAsync("select min(_project), count(*) from amplitude.user_profiles"));
    }

    [Theory]
    [InlineData("rec_type: modle", "Did you mean \"model\"?")]
    [InlineData("propensity_type: scroe", "Did you mean \"score\"?")]
    [InlineData("get_cohort_id: true", "Did you mean \"get_cohort_ids\"?")]
    public async Task An_option_that_Amplitude_would_pass_over_is_refused(string option, string said)
    {
        await using var shell = await StartAsync(["ana"]);
        shell.WithFile("waveguide.yml", $"user_profiles: {{ {option} }}\n");
        Assert.Contains(said, (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Usage).Flat);
    }

    [Fact]
    public async Task Profiles_come_after_the_events_that_name_their_users_in_whatever_order_they_are_named()
    {
        var hour = Shell.Now.Date.AddHours(-3);
        var data = new MemoryData().Add(hour, 0, Shell.Row("1", hour, "\"user_id\":\"ana\","));
        await using var shell = await StartAsync(["ana"], data);
        (await shell.RunAsync("sync --table user_profiles --table events")).Ended(ExitCode.Done);
        Assert.Equal("ana", await shell.CellsAsync("select user_id from amplitude.user_profiles"));
    }

    [Fact]
    public async Task In_the_EU_the_table_is_refused_in_so_many_words_and_the_others_go_on()
    {
        await using var shell = await StartAsync([], change: project => project with { Region = SimulatedRegion.Eu });
        shell.Environment["AMPLITUDE_URL"] = shell.Amplitude.EuAddress.ToString();
        var outcome = await shell.RunAsync("sync --region eu --table user_profiles --table events_list");
        outcome.Ended(ExitCode.Done);
        Assert.Contains("does not offer the User Profile API in the EU region", outcome.Flat);
        Assert.Contains("events_list done: 12 rows", outcome.Flat);
        (await shell.RunAsync("sync --region eu --table user_profiles")).Ended(ExitCode.SomeFailed);
    }

    [Fact]
    public async Task A_plan_without_profiles_is_told_as_that()
    {
        await using var shell = await StartAsync(["ana"], change: project => project with { HasProfiles = false });
        var outcome = (await shell.RunAsync("sync --table user_profiles --user-ids ana")).Ended(ExitCode.SomeFailed);
        Assert.Contains("not part of the organisation's plan (403", outcome.Flat);
    }

    [Theory]
    [InlineData("sync --table user_profiles", ExitCode.SomeFailed, "there is no user to ask for")]
    [InlineData("sync --table user_profiles --user-ids ,", ExitCode.Usage, "--user-ids names nobody")]
    [InlineData("sync --table user_profile", ExitCode.Usage, "Did you mean \"user_profiles\"?")]
    public async Task Nobody_to_ask_for_is_said(string words, int code, string said)
    {
        await using var shell = await StartAsync(["ana"]);
        Assert.Contains(said, (await shell.RunAsync(words)).Ended(code).Flat);
    }

    [Fact]
    public async Task Keys_that_are_both_refused_are_told_without_being_shown()
    {
        await using var shell = await StartAsync(["ana"]);
        shell.Environment["AMP_SECRET_KEY"] = "wrong-secret-77";
        var outcome = (await shell.RunAsync("sync --table user_profiles --user-ids ana")).Ended(ExitCode.Refused);
        Assert.Contains("takes neither the secret key nor the API key (401, \"Invalid Api-Key\")", outcome.Flat);
        Assert.DoesNotContain("wrong-secret-77", outcome.Out + outcome.Error);
    }

    private static TableOptions Options(TemporaryFolder folder, string settings)
    {
        File.WriteAllText(folder.At("waveguide.yml"), settings);
        var request = new SettingsRequest
        {
            WorkingDirectory = folder.Path,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        };
        return SettingsReader.Read(request).TableOptions;
    }

    private static async Task<Shell> StartAsync(
        IReadOnlyCollection<string> users,
        IExportData? data = null,
        Func<SimulatedProject, SimulatedProject>? change = null
    )
    {
        var shell = await Shell.StartImpatientAsync(
            project => (change ?? (same => same))(project with { Users = users }),
            data
        );
        return shell.WithFile("waveguide.yml", "load: {spool: spool}\n");
    }
}
