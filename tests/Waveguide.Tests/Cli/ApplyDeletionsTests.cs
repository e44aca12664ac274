using System.Text;
using Waveguide.Cli;
using Waveguide.DuckDb;
using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>Deletions for privacy, from Amplitude's list to a warehouse without these users, by running the program.</summary>
public sealed class ApplyDeletionsTests
{
    private const string Sync =
        "sync --from 2025-07-10 --table events --table cohort_members --table user_profiles --table deletions --user-ids ana,bob";

    private static readonly DateTime Hour = new(2025, 7, 10, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>A warehouse, and a lake in each format.</summary>
    public static TheoryData<string> Destinations { get; } =
    ["duckdb:warehouse.duckdb", "file:lake?archive=keep", "file:lake?format=json", "file:lake?format=parquet"];

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task A_dry_run_tells_what_would_go_and_changes_nothing(string destination)
    {
        await using var shell = await LoadedAsync(destination);
        var dry = (await shell.RunAsync("apply-deletions")).Ended(ExitCode.Done);
        Assert.Equal(
            ["table rows users", "cohort_members 1 1", "events 2 1", "quarantine 2 1", "user_profiles 1 1"],
            dry.OutLines.Select(Outcome.Squeezed)
        );
        var archives = destination.Contains("keep") ? ", and 1 kept archive would be written again without them" : "";
        Assert.Contains($"1 user to delete, 1 of them new; 6 rows would go{archives}. Nothing was changed", dry.Flat);
        Assert.Equal("5", await CellAsync(shell, "select count(*) from amplitude.events"));
        var json = (await shell.RunAsync("apply-deletions --json --include-submitted")).Json;
        Assert.Equal("project table rows users erased", Outcome.Keys(json[0]));
        Assert.Equal(
            3,
            json.Single(line => line.GetProperty("table").GetString() == "events").GetProperty("rows").GetInt32()
        );
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task Applying_erases_the_user_everywhere_and_the_ledger_counts_what_is_left(string destination)
    {
        await using var shell = await LoadedAsync(destination);
        var applied = (await shell.RunAsync("apply-deletions --apply")).Ended(ExitCode.Done);
        var archives = destination.Contains("keep") ? ", 1 kept archive written again without them" : "";
        Assert.Contains($"6 rows erased{archives}, and later loads leave them out", applied.Flat);
        Assert.Equal("3", await CellAsync(shell, "select count(*) from amplitude.events"));
        Assert.Equal("0", await CellAsync(shell, "select count(*) from amplitude.events where amplitude_id = 11"));
        Assert.Equal("bob", await CellAsync(shell, "select string_agg(user_id) from amplitude.user_profiles"));
        Assert.Equal(
            "12",
            await CellAsync(shell, "select string_agg(amplitude_id::varchar) from amplitude.cohort_members")
        );
        Assert.Equal("1", await CellAsync(shell, "select count(*) from waveguide.quarantine"));
        Assert.Equal("11,6", await CellAsync(shell, "select amplitude_id, rows from waveguide.erased"));
        Assert.Equal(
            "3,1",
            await CellAsync(shell, "select sum(rows), sum(rejected) from waveguide.hours where table_name = 'events'")
        );
        Assert.Equal(
            "2",
            await CellAsync(
                shell,
                "select sum(rows) from waveguide.hours where table_name in ('cohort_members', 'user_profiles')"
            )
        );
        if (destination.StartsWith("duckdb", StringComparison.Ordinal))
        {
            Assert.Equal(
                "plan seats",
                await CellAsync(shell, "select string_agg(property, ' ' order by property) from waveguide.properties")
            );
        }

        var again = (await shell.RunAsync("apply-deletions --apply")).Ended(ExitCode.Done);
        Assert.Contains("1 user to delete, 0 of them new; nothing of them is here", again.Flat);
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task Loading_the_hours_again_does_not_bring_an_erased_user_back_and_is_no_change(string destination)
    {
        await using var shell = await LoadedAsync(destination);
        await shell.RunAsync("apply-deletions --apply");
        var again = (await shell.RunAsync("backfill --from 2025-07-10 --until 2025-07-11 --again")).Ended(
            ExitCode.Done
        );
        Assert.DoesNotContain("replaced", again.Flat);
        Assert.Equal("3", await CellAsync(shell, "select count(*) from amplitude.events"));

        await shell.RunAsync("state forget --from 2025-07-10 --until 2025-07-11 --yes");
        (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        Assert.Equal("0", await CellAsync(shell, "select count(*) from amplitude.events where amplitude_id = 11"));
        Assert.Equal("1", await CellAsync(shell, "select count(*) from waveguide.quarantine"));
        Assert.Equal(
            "3,1",
            await CellAsync(shell, "select sum(rows), sum(rejected) from waveguide.hours where table_name = 'events'")
        );
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task Verify_does_not_report_erased_users_as_losses(string destination)
    {
        await using var shell = await LoadedAsync(destination);
        await shell.RunAsync("apply-deletions --apply");
        var verify = (await shell.RunAsync("verify --from 2025-07-10 --until 2025-07-11")).Ended(ExitCode.Done);
        Assert.Contains("events: 3 rows of 24 hours compared, no differences.", verify.Flat);
    }

    [Fact]
    public async Task Users_who_were_merged_into_a_deleted_one_go_with_it_through_every_merge()
    {
        await using var shell = await LoadedAsync("duckdb:warehouse.duckdb");
        using (var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = shell.Warehouse }))
        using (var connection = engine.Connect())
        {
            connection.Execute(
                """
                CREATE TABLE amplitude.merged_ids (_project VARCHAR, amplitude_id BIGINT, merged_amplitude_id BIGINT);
                INSERT INTO amplitude.merged_ids VALUES ('default', 14, 13), ('default', 13, 11), ('other', 12, 11);
                """
            );
        }

        (await shell.RunAsync("apply-deletions --apply")).Ended(ExitCode.Done);
        Assert.Equal(
            "11,13,14",
            (
                await CellAsync(
                    shell,
                    "select string_agg(amplitude_id::varchar, ',' order by amplitude_id) from waveguide.erased"
                )
            ).Trim('"')
        );
        Assert.Equal(
            "12",
            await CellAsync(
                shell,
                "select string_agg(distinct amplitude_id::varchar) from amplitude.events where amplitude_id in (11, 12, 13, 14)"
            )
        );
    }

    [Fact]
    public async Task Without_the_table_the_refusal_says_what_to_do()
    {
        await using var shell = await Shell.StartAsync();
        foreach (var destination in (string[])["duckdb:warehouse.duckdb", "file:lake"])
        {
            await shell.RunAsync($"sync --from 2025-07-11 --destination {destination}");
            var missing = await shell.RunAsync($"apply-deletions --apply --destination {destination}");
            Assert.Contains("waveguide sync --table deletions loads it", missing.Ended(ExitCode.Usage).Flat);
        }
    }

    private static async Task<Shell> LoadedAsync(string destination)
    {
        var data = new MemoryData().Add(
            Hour,
            0,
            Row("1", 11, "ana", "plan"),
            Row("2", 11, null, "only ana's"),
            Row("3", 12, "bob", "plan"),
            Row("4", 13, null),
            Row("5", null, null),
            Encoding.UTF8.GetBytes("{\"amplitude_id\":11, \"x\": é"),
            Encoding.UTF8.GetBytes("{\"user_id\":\"ana\", \"x\":"),
            Encoding.UTF8.GetBytes("{\"amplitude_id\":111, \"user_id\":\"anabel\", \"x\":")
        );
        var tables = new SimulatedTables
        {
            Cohorts = [new SimulatedCohort("c", "C", 1) { Csv = "user_id,amplitude_id\nana,11\nbob,12\n" }],
            Deletions = [Job("done", 11), Job("submitted", 13), Job("staging", 12)],
        };
        var shell = await Shell.StartImpatientAsync(
            project => project with { Tables = tables, Users = ["ana", "bob"] },
            data
        );
        shell.WithFile("waveguide.yml", $"load: {{spool: spool}}\ndestination: {destination}\n");
        (await shell.RunAsync(Sync)).Ended(ExitCode.Done);
        return shell;
    }

    private static byte[] Row(string uuid, int? user, string? name, string property = "seats") =>
        Shell.Row(
            uuid,
            Hour,
            $$"""{"event_properties":{"{{property}}":1},"""[1..]
                + (user is null ? "" : $"\"amplitude_id\":{user},")
                + (name is null ? "" : $"\"user_id\":\"{name}\",")
        );

    private static string Job(string status, int user) =>
        $$"""{"day":"2025-07-11","status":"{{status}}","app":"100000001","active_scrub_done_date":null,"amplitude_ids":[{"amplitude_id":{{user}},"requested_on_day":"2025-07-01","requester":"x@example.com"}]}""";

    /// <summary>The first row, as CSV.</summary>
    private static async Task<string> CellAsync(Shell shell, string sql)
    {
        var outcome = (await shell.RunAsync(["query", "--format", "csv", sql])).Ended(ExitCode.Done);
        return outcome.OutLines[1];
    }
}
