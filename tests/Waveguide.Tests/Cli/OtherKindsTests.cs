using Waveguide.Cli;
using Waveguide.Simulator.Tables;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>What the verbs say of tables that have days or are snapshots, and no hours.</summary>
public sealed class OtherKindsTests
{
    private const string Days = "--table sessions_per_user";
    private const string Snapshot = "--table cohorts";

    [Fact]
    public async Task A_plan_of_days_names_days_and_one_of_a_snapshot_no_time()
    {
        await using var shell = await StartAsync();
        var plan = (await shell.RunAsync($"plan {Days} {Snapshot} --from 2025-06-01")).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "sessions_per_user 2025-06-01 to 2025-07-10: 40 of 40 days to fetch",
                "  2025-06-01 to 2025-06-30   30 days",
                "  2025-07-01 to 2025-07-10   10 days",
                "cohorts: the whole table to fetch",
            ],
            plan.OutLines
        );
        var json = (await shell.RunAsync($"plan {Days} {Snapshot} --from 2025-07-01 --json")).Json;
        Assert.Equal("project table from until days second_look", Outcome.Keys(json[0]));
        Assert.Equal("2025-07-11", json[0].GetProperty("until").GetString());
        Assert.Equal("project table second_look", Outcome.Keys(json[1]));
    }

    [Fact]
    public async Task The_lines_of_a_run_count_days()
    {
        await using var shell = await StartAsync();
        var json = (await shell.RunAsync($"sync {Days} {Snapshot} --from 2025-07-08 --json")).Ended(ExitCode.Done).Json;
        Assert.Equal("event project table from until days requests", Outcome.Keys(json[0]));
        Assert.Equal("2025-07-11", json[1].GetProperty("until").GetString());
        Assert.Equal(3, json[2].GetProperty("days").GetInt32());
        Assert.Equal("event project table requests", Outcome.Keys(json[3]));
        Assert.Equal("event project table rows rejected seconds", Outcome.Keys(json[4]));
    }

    [Fact]
    public async Task Status_draws_the_days_of_each_month()
    {
        await using var shell = await LoadedAsync("2025-06-20");
        var status = (await shell.RunAsync($"status {Days} --from 2025-06-18 --days 12")).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "project default · sessions_per_user · warehouse.duckdb",
                "newest complete day at Amplitude: 2025-07-10 (time zone UTC)",
                "           1   5    10   15   20   25   30",
                "  2025-06                     ■■■■■■■■■■■   2 missing           11 rows",
                "  2025-07  ■■■■■■■■■□                       provisional         10 rows",
                "  ■ confirmed  □ provisional, second look due  · empty  ✗ failed  ▲ too large",
                "  (blank) not loaded, or not wanted",
                "Nothing is loaded at 2025-06-18, the first wanted day; 1 gap (waveguide gaps).",
            ],
            status.OutLines
        );
        var later = (await shell.RunAsync($"status {Days} --from 2025-06-20 --days 3")).Ended(ExitCode.Done);
        Assert.Contains("1 earlier month not shown (--days). Complete: 2025-06-20 to 2025-07-10.", later.Flat);
        var json = (await shell.RunAsync($"status {Days} --from 2025-06-18 --json")).Json[0];
        Assert.Equal("project table from until days rows rejected lag", Outcome.Keys(json));
        Assert.Equal(2, json.GetProperty("days").GetProperty("missing").GetInt32());
        Assert.Equal(20, json.GetProperty("days").GetProperty("confirmed").GetInt32());
        Assert.Equal("P25D", json.GetProperty("lag").GetString());
    }

    [Fact]
    public async Task Status_of_a_snapshot_says_when_it_was_taken_and_when_it_is_due()
    {
        await using var shell = await LoadedAsync("2025-07-01");
        var status = (await shell.RunAsync($"status {Snapshot}")).Ended(ExitCode.Done);
        Assert.Equal("taken 2025-07-12 02:30 UTC, 2 rows; next due 2025-07-12 03:30 UTC.", status.OutLines[1]);
        var json = (await shell.RunAsync($"status {Snapshot} --json")).Json[0];
        Assert.Equal("project table taken next_due rows rejected failed reason", Outcome.Keys(json));
        Assert.Equal("2025-07-12T03:30:00Z", json.GetProperty("next_due").GetString());
        shell.Clock = new ManualClock(Shell.Now.AddHours(2));
        Assert.Contains("2 rows; next due now.", (await shell.RunAsync($"status {Snapshot}")).Flat);
    }

    [Fact]
    public async Task A_snapshot_whose_last_attempt_failed_is_a_gap_and_stays()
    {
        var faults = new List<RestFault>();
        await using var shell = await StartAsync(faults);
        (await shell.RunAsync($"sync {Snapshot}")).Ended(ExitCode.Done);
        faults.Add(new RestFault("/api/3/cohorts", 400) { Text = "no" });
        shell.Clock = new ManualClock(Shell.Now.AddHours(2));
        var failed = (await shell.RunAsync($"sync {Snapshot}")).Ended(ExitCode.SomeFailed);
        Assert.Contains("cohorts failed: 0 rows, 0 rejected, 1 snapshot failed", failed.Flat);
        var gaps = (await shell.RunAsync($"gaps {Snapshot}")).Ended(ExitCode.Done);
        Assert.StartsWith("cohorts failed: taken 2025-07-12 02:30 UTC, 2 rows; next due now.", gaps.Flat);
        Assert.Contains(
            "The last attempt, 2025-07-12 04:30 UTC, failed: cohorts: Amplitude does not accept",
            gaps.Flat
        );
        var json = (await shell.RunAsync($"gaps {Snapshot} --json")).Json[0];
        Assert.Equal("failed", json.GetProperty("state").GetString());
        Assert.Contains("2", (await shell.RunAsync(["query", "select count(*) from amplitude.cohorts"])).Out);
    }

    [Fact]
    public async Task Gaps_are_told_in_days()
    {
        await using var shell = await LoadedAsync("2025-07-05");
        var gaps = (await shell.RunAsync($"gaps {Days} --from 2025-07-03")).Ended(ExitCode.Done);
        Assert.StartsWith("sessions_per_user 2025-07-03 to 2025-07-04 2 days missing", gaps.Flat);
        var json = (await shell.RunAsync($"gaps {Days} --from 2025-07-03 --json")).Json[0];
        Assert.Equal("project table from until days state reason", Outcome.Keys(json));
        Assert.Contains("no gaps: 6 days wanted, all loaded.", (await shell.RunAsync($"gaps {Days}")).Flat);
        var none = await shell.RunAsync($"gaps {Days} --from 2025-07-11");
        Assert.Contains("the first wanted day, 2025-07-11, is not over yet, or only just.", none.Flat);
        Assert.Contains("no gaps: taken 2025-07-12 02:30 UTC", (await shell.RunAsync($"gaps {Snapshot}")).Flat);
    }

    [Theory]
    [InlineData(Days, "sessions_per_user cannot be verified")]
    [InlineData(Snapshot, "cohorts cannot be verified")]
    public async Task Verify_refuses_what_is_no_export(string table, string said)
    {
        await using var shell = await LoadedAsync("2025-07-05");
        Assert.Contains(said, (await shell.RunAsync($"verify {table}")).Ended(ExitCode.Usage).Flat);
        (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        var both = (await shell.RunAsync($"verify --table events {table} --from 2025-07-10")).Ended(ExitCode.Done);
        Assert.Contains($"left out {table.Split(' ')[1]}: verify compares exports", both.Flat);
        Assert.Contains("compared, no differences.", both.Flat);
    }

    [Fact]
    public async Task Days_are_forgotten_whole_and_a_snapshot_with_its_rows()
    {
        await using var shell = await LoadedAsync("2025-07-05");
        var forget = await shell.RunAsync(
            $"state forget {Days} {Snapshot} --from 2025-07-08T07 --until 2025-07-12T03 --yes"
        );
        Assert.Equal(
            "Forgot 3 days of sessions_per_user 2025-07-08 to 2025-07-12 with 3 rows. "
                + "Forgot the snapshot of cohorts taken 2025-07-12 02:30 UTC with 2 rows.",
            forget.Ended(ExitCode.Done).Flat
        );
        Assert.Equal(
            "not taken yet; waveguide sync takes it.",
            (await shell.RunAsync($"status {Snapshot}")).OutLines[1]
        );
        Assert.Contains("2025-07-08 to 2025-07-10 3 days missing", (await shell.RunAsync($"gaps {Days}")).Flat);
        Assert.Contains("cohorts done: 2 rows", (await shell.RunAsync($"sync {Snapshot}")).Flat);
    }

    [Fact]
    public async Task Backfill_loads_days_and_takes_a_snapshot_only_again()
    {
        await using var shell = await LoadedAsync("2025-07-05");
        var refused = (await shell.RunAsync($"backfill {Snapshot} --from 2025-07-01")).Ended(ExitCode.Usage);
        Assert.Contains("cohorts is a snapshot, which has no past to load.", refused.Flat);
        var both = await shell.RunAsync($"backfill {Snapshot} {Days} --from 2025-07-01T05 --until 2025-07-02T01");
        Assert.Contains("cohorts left out: it is a snapshot", both.Ended(ExitCode.Done).Flat);
        Assert.Contains("sessions_per_user done: 2 days, 2 rows", both.Flat);
        var again = await shell.RunAsync($"backfill {Snapshot} --from 2025-07-01 --again");
        Assert.Contains("cohorts done: 2 rows", again.Ended(ExitCode.Done).Flat);
    }

    [Fact]
    public async Task The_ledger_is_summed_up_by_days()
    {
        await using var shell = await LoadedAsync("2025-07-05");
        var show = (await shell.RunAsync("state show")).Ended(ExitCode.Done).OutLines;
        Assert.Equal("cohorts            confirmed    1 snapshot     2         0  2025-07-12T02", show[1]);
        Assert.Equal("sessions_per_user  confirmed        5 days     5         0  2025-07-05 ..", show[2]);
        var json = (await shell.RunAsync("state show --json")).Json;
        Assert.Equal("project table state first last days rows rejected", Outcome.Keys(json[1]));
    }

    [Fact]
    public async Task Tables_tell_kind_key_and_cursor()
    {
        await using var shell = await Shell.StartAsync();
        var all = (await shell.RunAsync("tables --json")).Ended(ExitCode.Done).Json;
        var days = all.Where(table => table.GetProperty("kind").GetString() == "daily").ToList();
        Assert.Equal(4, days.Count);
        Assert.All(days, table => Assert.Equal("date", table.GetProperty("cursor").GetString()));
        Assert.All(all, table => Assert.NotEqual(0, table.GetProperty("primary_key").GetArrayLength()));
        var one = (await shell.RunAsync("tables active_users_counts")).Ended(ExitCode.Done);
        Assert.StartsWith("active_users_counts: daily, key date, segment, cursor date", one.Flat);
    }

    private static Task<Shell> StartAsync(IReadOnlyList<RestFault>? faults = null) =>
        Shell.StartAsync(change: options =>
            options with
            {
                Projects =
                [
                    options.Projects[0] with
                    {
                        Tables = SimulatedTables.Example(Shell.Now) with { Faults = faults ?? [] },
                    },
                ],
            }
        );

    private static async Task<Shell> LoadedAsync(string from)
    {
        var shell = await StartAsync();
        (await shell.RunAsync($"sync {Days} {Snapshot} --from {from}")).Ended(ExitCode.Done);
        return shell;
    }
}
