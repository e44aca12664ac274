using Waveguide.Cli;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>The tables beside events, from the simulated APIs to rows, by running the program.</summary>
public sealed class TablesTests
{
    private static readonly string[] Snapshots =
    [
        "annotations",
        "cohorts",
        "cohort_members",
        "taxonomy_events",
        "taxonomy_event_properties",
        "taxonomy_user_properties",
        "taxonomy_group_properties",
        "taxonomy_categories",
        "deletions",
    ];

    [Fact]
    public async Task Every_snapshot_table_lands_with_its_rows()
    {
        await using var shell = await StartAsync(SimulatedTables.Example(Shell.Now));
        (await shell.RunAsync($"sync {string.Join(' ', Snapshots.Select(table => $"--table {table}"))}")).Ended(
            ExitCode.Done
        );
        Assert.Equal("1,New menu", await shell.CellsAsync("select id, details from amplitude.annotations"));
        Assert.Equal(
            "c1regulars,2,Profile API",
            await shell.CellsAsync("select id, size, sync_metadata->0->>'target' from amplitude.cohorts order by 1")
        );
        Assert.Equal(
            "Signup,plan",
            await shell.CellsAsync("select event_type, event_property from amplitude.taxonomy_event_properties")
        );
        Assert.Equal("gp:plan", await shell.CellsAsync("select user_property from amplitude.taxonomy_user_properties"));
        Assert.Equal(
            "company,seats",
            await shell.CellsAsync("select group_type, group_property from amplitude.taxonomy_group_properties")
        );
        Assert.Equal("12,Accounts", await shell.CellsAsync("select id, name from amplitude.taxonomy_categories"));
        Assert.Equal(
            "4713,2025-07-21,staging",
            await shell.CellsAsync("select amplitude_id, day, status from amplitude.deletions")
        );
        Assert.Equal(
            "9,0",
            await shell.CellsAsync(
                "select count(distinct table_name), count(*) - count(comment) from duckdb_columns() where schema_name = 'amplitude'"
            )
        );
    }

    [Fact]
    public async Task Members_keep_their_other_columns_whatever_is_in_them()
    {
        const string csv =
            "user_id,amplitude_id,note\r\n\"a \"\"quoted\"\" id\",7,\"two\nlines, one comma\"\r\n,8,\r\n";
        await using var shell = await StartAsync(
            new SimulatedTables { Cohorts = [new SimulatedCohort("c", "C", 1) { Csv = csv, IsLarge = true }] }
        );
        (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.Done);
        var rows = await shell.RunAsync([
            "query",
            "--format",
            "json",
            "select cohort_id, amplitude_id, user_id, properties->>'note' as note from amplitude.cohort_members order by 2",
        ]);
        Assert.Equal("a \"quoted\" id", rows.Json[0].GetProperty("user_id").GetString());
        Assert.Equal("two\nlines, one comma", rows.Json[0].GetProperty("note").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rows.Json[1].GetProperty("user_id").ValueKind);
    }

    [Theory]
    [InlineData("user_id,amplitude_id\n\"a,1\nb,2\n", "a quote is not closed, or stands where none may")]
    [InlineData("user_id,amplitude_id\na\"b,1\n", "a quote is not closed, or stands where none may")]
    [InlineData("user_id,amplitude_id\na,1,2\n", "a row has 3 fields, not 2")]
    [InlineData("user_id\na\n", "there is no column amplitude_id")]
    public async Task A_download_that_is_no_table_is_refused_whole(string csv, string problem)
    {
        await using var shell = await StartAsync(
            new SimulatedTables { Cohorts = [new SimulatedCohort("c", "C", 1) { Csv = csv, IsLarge = true }] }
        );
        var outcome = (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.SomeFailed);
        Assert.Contains($"cohort c: the download is no table ({problem})", outcome.Flat);
    }

    [Fact]
    public async Task A_cohort_that_was_not_computed_anew_is_not_downloaded_again()
    {
        var cohorts = new[] { new SimulatedCohort("one", "1", 1), new SimulatedCohort("two", "2", 1) }
            .Select(cohort => cohort with { Csv = $"user_id,amplitude_id\n{cohort.Id},{cohort.Name}\n" })
            .ToList();
        await using var shell = await StartAsync(new SimulatedTables { Cohorts = cohorts });
        var first = (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.Done);
        Assert.Contains(
            "downloaded 2 cohorts, kept 0 that are unchanged; 2 of 500 downloads used in 2025-07",
            first.Flat
        );
        cohorts[1] = cohorts[1] with { LastComputed = 2, Csv = "user_id,amplitude_id\nnew,3\n" };
        ((ImpatientClock)shell.Clock).Advance(TimeSpan.FromHours(2));
        var asked = Requests(shell);
        var second = (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.Done);
        Assert.Contains("downloaded 1 cohort, kept 1 that are unchanged; 3 of 500", second.Flat);
        Assert.Equal(asked + 1, Requests(shell));
        Assert.Equal(
            "one",
            await shell.CellsAsync("select user_id from amplitude.cohort_members where amplitude_id = 1")
        );
        Assert.Equal(
            "new",
            await shell.CellsAsync("select user_id from amplitude.cohort_members where cohort_id = 'two'")
        );

        static int Requests(Shell shell) =>
            shell.Amplitude.Requests.Count(request => request.Path.EndsWith("/file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_downloads_that_are_shown_are_those_that_Amplitude_counts()
    {
        SimulatedCohort[] cohorts = [new("one", "1", 1), new("two", "2", 1) { IsLarge = true, Polls = 3 }];
        await using var shell = await StartAsync(new SimulatedTables { Cohorts = cohorts, CohortDownloads = 3 });
        Assert.Contains("2 of 500 downloads used in 2025-07", (await LoadAsync(ExitCode.Done)).Flat);
        cohorts[0] = cohorts[0] with { LastComputed = 2 };
        Assert.Contains("3 of 500 downloads used in 2025-07", (await LoadAsync(ExitCode.Done)).Flat);
        cohorts[0] = cohorts[0] with { LastComputed = 3 };
        Assert.Contains(
            "(429, \"More than 3 cohort downloads this month\")",
            (await LoadAsync(ExitCode.SomeFailed)).Flat
        );
        ((ImpatientClock)shell.Clock).Advance(TimeSpan.FromDays(21));
        Assert.Contains(
            "kept 1 that are unchanged; 1 of 500 downloads used in 2025-08",
            (await LoadAsync(ExitCode.Done)).Flat
        );

        async Task<Outcome> LoadAsync(int code)
        {
            ((ImpatientClock)shell.Clock).Advance(TimeSpan.FromHours(2));
            return (await shell.RunAsync("sync --table cohort_members")).Ended(code);
        }
    }

    [Theory]
    [InlineData("duckdb:warehouse.duckdb")]
    [InlineData("file:lake")]
    public async Task A_cohort_that_cannot_be_had_costs_neither_the_others_nor_its_own_earlier_members(string place)
    {
        var cohorts = new[] { new SimulatedCohort("one", "1", 1), new SimulatedCohort("two", "2", 1) }
            .Select(cohort => cohort with { Csv = $"user_id,amplitude_id\n{cohort.Id},{cohort.Name}\n" })
            .ToList();
        await using var shell = await StartAsync(new SimulatedTables { Cohorts = cohorts });
        shell.WithFile("waveguide.yml", $"destination: {place}\n");
        (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.Done);
        cohorts[0] = cohorts[0] with { LastComputed = 2, Csv = "no table" };
        cohorts[1] = cohorts[1] with { LastComputed = 2, Csv = "user_id,amplitude_id\nnew,3\n" };
        cohorts.Add(new SimulatedCohort("three", "3", 1) { Csv = "no table" });

        var failed = (await LoadAsync()).Ended(ExitCode.SomeFailed);
        Assert.Contains("cohort_members failed: cohort one: the download is no table", failed.Flat);
        Assert.Contains("1 more failed as well", failed.Flat);
        Assert.Contains("downloaded 1 cohort, kept 0 that are unchanged; 5 of 500", failed.Flat);
        Assert.Equal("one new", await MembersAsync());
        Assert.Contains(
            "cohort one: the download is no table",
            (await shell.RunAsync("gaps --table cohort_members")).Flat
        );

        cohorts[0] = cohorts[0] with { Csv = "user_id,amplitude_id\nmended,4\n" };
        cohorts.RemoveAt(2);
        Assert.Contains("kept 1 that are unchanged; 6 of 500", (await LoadAsync()).Ended(ExitCode.Done).Flat);
        Assert.Equal("mended new", await MembersAsync());
        Assert.Contains("no gaps", (await shell.RunAsync("gaps --table cohort_members")).Flat);

        Task<Outcome> LoadAsync()
        {
            ((ImpatientClock)shell.Clock).Advance(TimeSpan.FromHours(2));
            return shell.RunAsync("sync --table cohort_members");
        }

        Task<string> MembersAsync() =>
            shell.CellsAsync("select string_agg(user_id, ' ' order by cohort_id) from amplitude.cohort_members");
    }

    [Fact]
    public async Task Where_amplitude_does_not_answer_the_other_cohorts_are_not_asked_for()
    {
        var cohorts = Enumerable.Range(0, 9).Select(number => new SimulatedCohort($"c{number}", "C", 1)).ToList();
        await using var shell = await StartAsync(
            new SimulatedTables
            {
                Cohorts = cohorts,
                Faults =
                [
                    .. cohorts.Skip(1).Select(cohort => new RestFault($"/api/5/cohorts/request/{cohort.Id}", 500)),
                ],
            }
        );
        var outcome = (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.SomeFailed);
        Assert.Contains(
            "cohort c1: Amplitude cannot answer now (500). It was tried six times. 7 more failed",
            outcome.Flat
        );
        Assert.Equal(18, shell.Amplitude.Requests.Count(request => request.Status == 500));
        Assert.Contains("1 of 500 downloads used", outcome.Flat);
    }

    [Fact]
    public async Task Keys_that_amplitude_adds_to_a_row_of_any_table_are_kept()
    {
        const string More = "\"brand_new\":{\"since\":2031}";
        var faults = new[]
        {
            ("/api/2/events/list", $$"""{"data":[{"value":"a",{{More}}}]}"""),
            ("/api/3/annotations", $$"""{"data":[{"id":1,{{More}}}]}"""),
            ("/api/3/cohorts", $$"""{"cohorts":[{"id":"c","archived":true,{{More}}}]}"""),
            ("/api/2/taxonomy/event-property", $$"""{"success":true,"data":[{"event_property":"p",{{More}}}]}"""),
            ("/api/2/taxonomy/event", $$"""{"success":true,"data":[{"event_type":"Signup",{{More}}}]}"""),
            ("/api/2/taxonomy/user-property", $$"""{"success":true,"data":[{"user_property":"p",{{More}}}]}"""),
            ("/api/2/taxonomy/group-property", $$"""{"success":true,"data":[{"group_property":"p",{{More}}}]}"""),
            ("/api/2/taxonomy/category", $$"""{"success":true,"data":[{"id":1,{{More}}}]}"""),
            ("/api/2/deletions/users", $$"""[{"day":"2025-07-21","amplitude_ids":[1],{{More}}}]"""),
            ("/v1/userprofile", """{"userData":{"amp_props":null,"brand_new":{"since":2031}}}"""),
        };
        await using var shell = await Shell.StartImpatientAsync(project =>
            project with
            {
                Users = ["ana"],
                Tables = new SimulatedTables
                {
                    Faults = [.. faults.Select(one => new RestFault(one.Item1, 200) { Text = one.Item2 })],
                },
            }
        );
        string[] tables = ["events_list", "user_profiles", .. Snapshots.Except(["cohort_members"])];
        var named = string.Join(' ', tables.Select(table => $"--table {table}"));
        shell.WithFile("waveguide.yml", "load: {spool: spool}\n");
        (await shell.RunAsync($"sync --user-ids ana {named}")).Ended(ExitCode.Done);
        foreach (var table in tables)
        {
            Assert.Equal(
                $"{table},2031",
                await shell.CellsAsync(
                    $"select '{table}', any_value(_extra->'brand_new'->>'since') from amplitude.{table}"
                )
            );
        }
    }

    [Fact]
    public async Task A_plan_without_the_taxonomy_is_a_notice_and_the_other_tables_go_on()
    {
        await using var shell = await StartAsync(new SimulatedTables { Annotations = ["""{"id":1}"""] });
        var outcome = (await shell.RunAsync("sync --table taxonomy_events --table annotations")).Ended(ExitCode.Done);
        Assert.Contains("taxonomy_events skipped: Amplitude does not offer this to the project (404", outcome.Flat);
        Assert.Contains("annotations done: 1 row", outcome.Flat);
    }

    [Fact]
    public async Task The_older_annotations_are_read_where_the_newer_are_not_there()
    {
        await using var shell = await StartAsync(
            new SimulatedTables
            {
                OldAnnotations = true,
                Annotations = ["""{"id":3,"date":"2020-01-02","label":"x","details":"y"}"""],
            }
        );
        (await shell.RunAsync("sync --table annotations")).Ended(ExitCode.Done);
        Assert.Equal("3,2020-01-02", await shell.CellsAsync("select id, start from amplitude.annotations"));
    }

    [Fact]
    public async Task An_event_type_that_is_gone_meanwhile_is_told_and_the_others_land()
    {
        var taxonomy = new SimulatedTaxonomy { Events = ["""{"event_type":"Signup"}""", """{"event_type":"Gone"}"""] };
        await using var shell = await StartAsync(new SimulatedTables { Taxonomy = taxonomy });
        var outcome = (await shell.RunAsync("sync --table taxonomy_event_properties")).Ended(ExitCode.Done);
        Assert.Contains("has no properties of Gone", outcome.Flat);
        Assert.Equal("Signup", await shell.CellsAsync("select event_type from amplitude.taxonomy_event_properties"));
    }

    [Fact]
    public async Task A_fault_that_passes_costs_only_another_attempt()
    {
        var tables = SimulatedTables.Example(Shell.Now) with
        {
            Faults = [new RestFault("/api/5/cohorts/request-status/", 429) { Times = 2, RetryAfter = 3 }],
        };
        await using var shell = await StartAsync(tables);
        (await shell.RunAsync("sync --table cohort_members")).Ended(ExitCode.Done);
        Assert.Equal("3", await shell.CellsAsync("select count(*) from amplitude.cohort_members"));
    }

    private static Task<Shell> StartAsync(SimulatedTables tables) =>
        Shell.StartImpatientAsync(project => project with { Tables = tables });
}
