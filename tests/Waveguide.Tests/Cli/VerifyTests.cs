using Waveguide.Cli;
using Waveguide.DuckDb;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

public sealed class VerifyTests
{
    private const string BothDays = "verify --from 2025-07-10 --until 2025-07-12";

    [Fact]
    public async Task Equal_rows_are_said_to_be_equal_beside_the_count_of_the_dashboard()
    {
        await using var shell = await LoadedAsync();
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.Done);
        Assert.Contains("events: 96 rows of 48 hours compared, no differences.", verify.Flat);
        Assert.Contains("2025-07-10 48 48 0 2025-07-11 48 48 0", verify.Flat);
        Assert.Contains("in the project's time zone", verify.Flat);
    }

    [Theory]
    [InlineData("DELETE FROM amplitude.events WHERE uuid = '5-a'", "2025-07-10 1 0 0 view")]
    [InlineData("UPDATE amplitude.events SET city = 'x' WHERE uuid = '30-b'", "2025-07-11 0 0 1 view")]
    [InlineData("UPDATE amplitude.events SET _extra = '{}' WHERE uuid = '30-b'", "2025-07-11 0 0 1 view")]
    [InlineData("INSERT INTO amplitude.events FROM amplitude.events WHERE uuid = '7-a'", "2025-07-10 0 1 0 view")]
    [InlineData("DELETE FROM amplitude.events WHERE _upload_hour = '2025-07-11 03:00:00'", "2025-07-11 2 0 0 view")]
    [InlineData("UPDATE amplitude.events SET uuid = 'new' WHERE uuid = '1-a'", "2025-07-10 1 1 0 view")]
    public async Task What_was_changed_by_hand_is_found_by_day_and_event_type(string change, string found)
    {
        await using var shell = await LoadedAsync();
        Change(shell, change);
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.SomeFailed);
        Assert.Contains($"missing extra altered event type {found}", verify.Flat);
        Assert.Contains("waveguide backfill --from 2025-07-1", verify.Flat);
    }

    [Theory]
    [InlineData("DELETE FROM amplitude.events WHERE uuid = '5-a'")]
    [InlineData("UPDATE amplitude.events SET city = 'x' WHERE uuid = '30-b'")]
    [InlineData("INSERT INTO amplitude.events FROM amplitude.events WHERE uuid = '7-a'")]
    public async Task What_verify_finds_is_gone_after_the_command_that_it_names(string change)
    {
        await using var shell = await LoadedAsync();
        Change(shell, change);
        var found = (await shell.RunAsync(BothDays)).Ended(ExitCode.SomeFailed).Flat;
        var named = found[found.IndexOf("backfill --from", StringComparison.Ordinal)..];
        named = named[..(named.IndexOf("--again", StringComparison.Ordinal) + "--again".Length)];
        (await shell.RunAsync(named)).Ended(ExitCode.Done);
        Assert.Contains("no differences", (await shell.RunAsync(BothDays)).Ended(ExitCode.Done).Flat);
    }

    [Fact]
    public async Task Changes_that_cancel_each_other_in_the_counts_are_found()
    {
        await using var shell = await LoadedAsync();
        Change(shell, "UPDATE amplitude.events SET event_type = 'click' WHERE uuid = '5-a'");
        Change(shell, "UPDATE amplitude.events SET uuid = '6-b' WHERE uuid = '6-a'");
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.SomeFailed);
        Assert.Contains("2025-07-10 0 1 0 click 2025-07-10 2 1 0 view", verify.Flat);
    }

    [Fact]
    public async Task Without_a_range_hours_are_drawn_and_the_seed_draws_them_again()
    {
        await using var shell = await LoadedAsync();
        var verify = (await shell.RunAsync("verify --sample 3")).Ended(ExitCode.Done);
        Assert.Contains("3 hours of 48 loaded, drawn with --seed", verify.Flat);
        Assert.Contains("6 rows of 3 hours compared, no differences.", verify.Flat);
        var first = await ExportsAsync(shell, "verify --sample 3 --seed 7");
        Assert.Equal(first, await ExportsAsync(shell, "verify --sample 3 --seed 7"));
        Assert.NotEqual(first, await ExportsAsync(shell, "verify --sample 3 --seed 8"));
    }

    [Fact]
    public async Task Hours_that_are_not_loaded_are_left_out_and_counted()
    {
        await using var shell = await LoadedAsync("sync --from 2025-07-10 --until 2025-07-11");
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.Done);
        Assert.Contains("24 hours not loaded: left out (waveguide gaps).", verify.Flat);
        Assert.Contains("48 rows of 24 hours compared, no differences.", verify.Flat);
    }

    [Fact]
    public async Task Json_has_differences_days_and_a_verdict()
    {
        await using var shell = await LoadedAsync();
        Change(shell, "DELETE FROM amplitude.events WHERE uuid = '5-a'");
        var json = (await shell.RunAsync(BothDays + " --json")).Ended(ExitCode.SomeFailed).Json;
        Assert.Equal(
            ["difference", "day", "day", "verdict"],
            json.Select(line => line.GetProperty("kind").GetString())
        );
        Assert.Equal(1, json[0].GetProperty("missing").GetInt32());
        Assert.Equal(47, json[1].GetProperty("rows").GetInt32());
        Assert.Equal(48, json[1].GetProperty("dashboard").GetInt32());
        Assert.False(json[3].GetProperty("equal").GetBoolean());
    }

    [Fact]
    public async Task Daily_totals_count_events_by_their_own_time_and_those_of_the_project_alone()
    {
        var first = new DateTime(2025, 7, 11, 0, 0, 0, DateTimeKind.Utc);
        var late = Shell.Row("late", first, "\"event_time\":\"2025-07-10 23:50:00.000000\",");
        await using var shell = await Shell.StartAsync(Shell.TwoDays().Add(first, 2, late));
        (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Done);
        Change(
            shell,
            "INSERT INTO amplitude.events SELECT * REPLACE ('other' AS _project) FROM amplitude.events WHERE uuid = '5-a'"
        );
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.Done);
        Assert.Contains("2025-07-10 49 49 0 2025-07-11 48 48 0", verify.Flat);
    }

    [Fact]
    public async Task Rows_that_are_gone_are_missing_from_the_daily_total_too()
    {
        await using var shell = await LoadedAsync();
        Change(shell, "DELETE FROM amplitude.events WHERE _upload_hour = '2025-07-11 03:00:00'");
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.SomeFailed);
        Assert.Contains("2025-07-10 48 48 0 2025-07-11 46 48 -2", verify.Flat);
    }

    [Fact]
    public async Task A_dashboard_that_refuses_is_a_notice_and_no_failure()
    {
        await using var shell = await LoadedAsync(change: options =>
            options with
            {
                Projects = [options.Projects[0] with { HasDashboard = false }],
            }
        );
        var verify = (await shell.RunAsync(BothDays)).Ended(ExitCode.Done);
        Assert.Contains("Amplitude gives no daily totals to compare with", verify.Flat);
        Assert.Contains("no differences", verify.Flat);
    }

    [Fact]
    public async Task An_empty_warehouse_has_nothing_to_verify()
    {
        await using var shell = await LoadedAsync("sync --from 2025-07-10 --until 2025-07-11");
        var verify = (await shell.RunAsync("verify --from 2025-07-11 --until 2025-07-12")).Ended(ExitCode.Done);
        Assert.Contains("no loaded hours to compare", verify.Flat);
    }

    private static async Task<Shell> LoadedAsync(
        string sync = "sync --from 2025-07-10",
        Func<SimulatorOptions, SimulatorOptions>? change = null
    )
    {
        var shell = await Shell.StartAsync(change: change);
        (await shell.RunAsync(sync)).Ended(ExitCode.Done);
        return shell;
    }

    private static void Change(Shell shell, string sql)
    {
        using var engine = DuckDbDatabase.Open(new DuckDbOptions { Path = shell.Warehouse });
        using var connection = engine.Connect();
        Assert.InRange(connection.Execute(sql), 1, 2);
    }

    private static async Task<IReadOnlyList<string?>> ExportsAsync(Shell shell, string words)
    {
        var before = shell.Amplitude.Requests.Count;
        (await shell.RunAsync(words)).Ended(ExitCode.Done);
        return
        [
            .. shell
                .Amplitude.Requests.Skip(before)
                .Where(request => request.Path == "/api/2/export")
                .Select(request => request.Start),
        ];
    }
}
