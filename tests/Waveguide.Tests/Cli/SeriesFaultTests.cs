using Waveguide.Cli;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>What each of the dashboard's endpoints may answer in place of a series.</summary>
public sealed class SeriesFaultTests
{
    /// <summary>Each table and the path that its figures come from.</summary>
    public static TheoryData<string, string> Tables { get; } =
        new()
        {
            { "active_users_counts", "/api/2/users" },
            { "average_session_length", "/api/2/sessions/average" },
            { "sessions_per_user", "/api/2/sessions/peruser" },
            { "session_length_distribution", "/api/2/sessions/length" },
        };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_body_of_another_form_is_refused_and_nothing_of_it_is_loaded(string table, string path)
    {
        (string Body, string Said)[] cases =
        [
            ("<html>Log in</html>", "no JSON"),
            ("[]", "no series"),
            ("""{"data":{"series":[[1]]}}""", "no series"),
            (
                """{"data":{"series":[[1],[2]],"xValues":["2025-07-10","2025-07-09"]}}""",
                "one figure for each of 2 xValues"
            ),
            (
                """{"data":{"series":[[1]],"seriesLabels":["a","b"],"xValues":["2025-07-10"]}}""",
                "2 seriesLabels for 1 series"
            ),
            (
                """{"data":{"series":[[1],[2]],"seriesLabels":["a","a"],"xValues":["2025-07-10"]}}""",
                "two series of the same name"
            ),
        ];
        foreach (var (body, said) in cases)
        {
            var outcome = await StruckAsync(
                table,
                new RestFault(path, 200) { Text = body },
                ExitCode.SomeFailed,
                $"select count(*) from waveguide.hours where table_name = '{table}' and state <> 'failed'"
            );
            Assert.Contains(said, outcome.Flat);
        }
    }

    [Fact]
    public async Task A_day_that_the_answer_leaves_out_is_told()
    {
        const string Body = """{"data":{"series":[[7]],"xValues":["2025-07-09"]}}""";
        var outcome = await StruckAsync(
            "average_session_length",
            new RestFault("/api/2/sessions/average", 200) { Text = Body },
            ExitCode.Done
        );
        Assert.Contains("average_session_length has no figures for 1 day, the first 2025-07-10", outcome.Flat);
    }

    [Fact]
    public async Task What_amplitude_adds_to_a_series_is_kept()
    {
        const string Body =
            """{"data":{"series":[[7,8]],"seriesMeta":[{"segmentIndex":0,"eventId":12}],"xValues":["2025-07-09","2025-07-10T00:00:00"]},"novaCost":6}""";
        await StruckAsync(
            "average_session_length",
            new RestFault("/api/2/sessions/average", 200) { Text = Body },
            ExitCode.Done,
            "select count(*) - 2 from amplitude.average_session_length where _extra->>'eventId' = '12'"
        );
    }

    /// <param name="zero">An SQL statement whose answer must be 0.</param>
    private static async Task<Outcome> StruckAsync(string table, RestFault fault, int code, string zero = "select 0")
    {
        var tables = new SimulatedTables { Annotations = ["""{"id":1}"""], Faults = [fault] };
        await using var shell = await Shell.StartImpatientAsync(project => project with { Tables = tables });
        var sync = await shell.RunAsync($"sync --table annotations --table {table} --from 2025-07-09");
        var outcome = sync.Ended(code);
        Assert.Contains("annotations done: 1 row", outcome.Flat);
        var rows = (await shell.RunAsync(["query", "--format", "csv", zero])).Ended(ExitCode.Done);
        Assert.Equal("0", rows.OutLines[1]);
        return outcome;
    }
}
