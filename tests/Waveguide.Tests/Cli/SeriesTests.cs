using Waveguide.Cli;
using Waveguide.Simulator;
using Waveguide.Tests.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>The dashboard's daily figures, from the simulated API to rows, by running the program.</summary>
public sealed class SeriesTests
{
    private const string All =
        "sync --table active_users_counts --table average_session_length --table sessions_per_user --table session_length_distribution --from 2025-07-07";

    [Fact]
    public async Task Figures_are_those_of_the_events_themselves()
    {
        await using var shell = await StartAsync();
        (await shell.RunAsync(All)).Ended(ExitCode.Done);
        Assert.Equal(
            ["2025-07-07,0", "2025-07-08,1", "2025-07-09,3", "2025-07-10,2"],
            await RowsAsync(shell, "select date, users::int from amplitude.active_users_counts order by 1")
        );
        Assert.Equal(
            ["2025-07-07,0", "2025-07-08,0", "2025-07-09,20", "2025-07-10,1800"],
            await RowsAsync(shell, "select date, seconds::int from amplitude.average_session_length order by 1")
        );
        Assert.Equal(
            ["2025-07-07,0", "2025-07-08,1", "2025-07-09,1", "2025-07-10,1.5"],
            await RowsAsync(shell, "select date, sessions from amplitude.sessions_per_user order by 1")
        );
        Assert.Equal(
            ["2025-07-09,0s-3s,0,3,1", "2025-07-09,10s-30s,10,30,1", "2025-07-09,30s-60s,30,60,1"],
            await RowsAsync(
                shell,
                "select date, bucket, from_seconds, until_seconds, sessions from amplitude.session_length_distribution "
                    + "where sessions > 0 and date = '2025-07-09' order by from_seconds"
            )
        );
        Assert.Equal(
            ["36,9"],
            await RowsAsync(shell, "select count(*), count(distinct bucket) from amplitude.session_length_distribution")
        );
    }

    [Fact]
    public async Task A_group_is_a_row_of_the_answer_and_a_day_its_column()
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "active_users_counts:\n  g: country\n");
        (await shell.RunAsync("sync --table active_users_counts --from 2025-07-08")).Ended(ExitCode.Done);
        Assert.Equal(
            [
                "2025-07-08,Chile,0,country",
                "2025-07-08,Peru,1,country",
                "2025-07-09,Chile,2,country",
                "2025-07-09,Peru,1,country",
                "2025-07-10,Chile,1,country",
                "2025-07-10,Peru,1,country",
            ],
            await RowsAsync(
                shell,
                "select date, segment, users::int, group_by from amplitude.active_users_counts order by 1, 2"
            )
        );
    }

    [Fact]
    public async Task New_users_count_on_their_first_day_only()
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "active_users_counts:\n  m: new\n");
        (await shell.RunAsync("sync --table active_users_counts --from 2025-07-08")).Ended(ExitCode.Done);
        Assert.Equal(
            ["2025-07-08,all,1,new,1", "2025-07-09,all,2,new,1", "2025-07-10,all,0,new,1"],
            await RowsAsync(
                shell,
                "select date, segment, users::int, metric, \"interval\" from amplitude.active_users_counts order by 1"
            )
        );
    }

    [Theory]
    [InlineData("2025-07-20")]
    [InlineData("2025-07-14,2025-07-16,2025-07-20")]
    public async Task A_week_is_loaded_when_it_is_over_however_often_one_looks(string days)
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "active_users_counts:\n  i: 7\n");
        foreach (var day in days.Split(','))
        {
            ((ManualClock)shell.Clock).Now = DateTime.Parse(day).AddHours(12);
            (await shell.RunAsync("sync --table active_users_counts --from 2025-07-01")).Ended(ExitCode.Done);
        }

        Assert.Equal(
            ["2025-06-30,0", "2025-07-07,3"],
            await RowsAsync(shell, "select date, users::int from amplitude.active_users_counts order by 1")
        );
    }

    [Fact]
    public async Task Days_are_those_of_the_project_and_the_present_one_is_left_alone()
    {
        await using var shell = await StartAsync(project =>
            project with
            {
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
            }
        );
        shell.WithFile("waveguide.yml", "source:\n  time_zone: America/New_York\n");
        ((ManualClock)shell.Clock).Now = new DateTime(2025, 7, 11, 6, 59, 0);
        (await shell.RunAsync("sync --table active_users_counts --from 2025-07-08")).Ended(ExitCode.Done);
        const string Rows = "select date, users::int from amplitude.active_users_counts order by 1";
        Assert.Equal(["2025-07-08,1", "2025-07-09,2"], await RowsAsync(shell, Rows));
        ((ManualClock)shell.Clock).Now = new DateTime(2025, 7, 11, 7, 0, 0);
        (await shell.RunAsync("sync --table active_users_counts --from 2025-07-08")).Ended(ExitCode.Done);
        Assert.Equal(["2025-07-08,1", "2025-07-09,2", "2025-07-10,2"], await RowsAsync(shell, Rows));
    }

    [Fact]
    public async Task A_figure_that_changes_with_late_events_is_replaced_at_the_second_look()
    {
        var data = Events();
        await using var shell = await StartAsync(data: data);
        (await shell.RunAsync("sync --table active_users_counts --from 2025-07-09")).Ended(ExitCode.Done);
        var late = new DateTime(2025, 7, 12, 5, 0, 0);
        data.Add(late, 1, Event("late", late, "2025-07-10 22:00:00", user: 77, session: 1, "Chile"));
        ((ManualClock)shell.Clock).Now = late.AddHours(1);
        var outcome = (await shell.RunAsync("sync --table active_users_counts")).Ended(ExitCode.Done);
        Assert.Contains(
            "active_users_counts 2025-07-09 to 2025-07-11: 2 of 3 days to fetch, 1 of them for a second look",
            outcome.Flat
        );
        Assert.Contains("1 day replaced by other content", outcome.Flat);
        Assert.Equal(
            ["2025-07-09,3", "2025-07-10,3", "2025-07-11,0"],
            await RowsAsync(shell, "select date, users::int from amplitude.active_users_counts order by 1")
        );
        var status = (await shell.RunAsync("status --table active_users_counts --json")).Json[0];
        Assert.Equal(2, status.GetProperty("days").GetProperty("confirmed").GetInt32());
        Assert.Equal(1, status.GetProperty("days").GetProperty("provisional").GetInt32());
    }

    [Fact]
    public async Task Buckets_of_ones_own_are_asked_for()
    {
        await using var shell = await StartAsync();
        shell.WithFile(
            "waveguide.yml",
            "session_length_distribution:\n  bin_time_unit: minutes\n  bin_max: 2\n  bin_size: 1\n"
        );
        (await shell.RunAsync("sync --table session_length_distribution --from 2025-07-09 --until 2025-07-10")).Ended(
            ExitCode.Done
        );
        Assert.Equal(
            ["0s-60s,3", "60s-120s,0"],
            await RowsAsync(
                shell,
                "select bucket, sessions from amplitude.session_length_distribution order by from_seconds"
            )
        );
    }

    [Theory]
    [InlineData("bin_size: 2", "session_length_distribution.bin_size is set, and bin_max is not.")]
    [InlineData("bin_max: 5, bin_min: 5", "session_length_distribution.bin_max, 5, is not above bin_min, 5.")]
    public async Task Buckets_that_amplitude_would_pass_over_are_refused(string bins, string said)
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", $"session_length_distribution: {{ {bins} }}\n");
        var outcome = (await shell.RunAsync("sync --table session_length_distribution")).Ended(ExitCode.Usage);
        Assert.Contains(said, outcome.Flat);
    }

    [Fact]
    public async Task A_property_that_amplitude_does_not_know_is_told_in_its_own_words()
    {
        await using var shell = await StartAsync();
        shell.WithFile("waveguide.yml", "active_users_counts:\n  g: contry\n");
        var outcome = (await shell.RunAsync("sync --table active_users_counts")).Ended(ExitCode.SomeFailed);
        Assert.Contains("does not accept this question (400, \"Invalid user property contry\")", outcome.Flat);
    }

    /// <summary>One user in Peru on all three days, one in Chile on the last two, one in Chile on the second alone.</summary>
    private static MemoryData Events()
    {
        var data = new MemoryData();
        Add("a", "2025-07-09 02:00:00", 1, 10, "Peru");
        Add("b", "2025-07-08 12:00:00", 1, 11, "Peru");
        Add("c", "2025-07-09 02:00:10", 1, 10, "Peru");
        Add("d", "2025-07-09 12:00:00", 2, 20, "Chile");
        Add("e", "2025-07-09 12:00:50", 2, 20, "Chile");
        Add("f", "2025-07-09 23:30:00", 3, 30, "Chile");
        Add("g", "2025-07-10 12:00:00", 2, 21, "Chile");
        Add("h", "2025-07-10 13:30:00", 2, 21, "Chile");
        Add("i", "2025-07-10 14:00:00", 2, 22, "Chile");
        Add("j", "2025-07-10 15:00:00", 1, 12, "Peru");
        return data;

        void Add(string uuid, string time, int user, int session, string country)
        {
            var hour = DateTime.Parse(time[..13] + ":00:00");
            data.Add(hour, data.Parts(hour).Count, Event(uuid, hour, time, user, session, country));
        }
    }

    private static byte[] Event(string uuid, DateTime hour, string time, int user, int session, string country) =>
        Shell.Row(
            uuid,
            hour,
            $"\"event_time\":\"{time}.000000\",\"amplitude_id\":{user},\"session_id\":{session},\"country\":\"{country}\","
        );

    /// <summary>One clock for the program and for Amplitude.</summary>
    private static async Task<Shell> StartAsync(
        Func<SimulatedProject, SimulatedProject>? change = null,
        MemoryData? data = null
    )
    {
        var clock = new ManualClock(Shell.Now);
        var shell = await Shell.StartAsync(
            data ?? Events(),
            options =>
                options with
                {
                    Clock = clock,
                    Projects = [change?.Invoke(options.Projects[0]) ?? options.Projects[0]],
                }
        );
        shell.Clock = clock;
        return shell;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Shell shell, string sql)
    {
        var outcome = (await shell.RunAsync(["query", "--format", "csv", sql])).Ended(ExitCode.Done);
        return [.. outcome.OutLines.Skip(1)];
    }
}
