using System.Text.RegularExpressions;
using Waveguide.Amplitude;
using Waveguide.Cli;
using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>Every status of every endpoint: what its table says of it, that the others go on, and what the exit code tells.</summary>
public sealed class EndpointTests
{
    private const string Taxonomy = "/api/2/taxonomy/";
    private const string Proxy = "<html><head><title>404 Not Found</title></head><body>nginx</body></html>";

    private const string Invalid =
        """{"error":{"http_code":400,"type":"invalid","message":"Invalid chart definition","metadata":{"details":"Bad range"}}}""";

    /// <summary>Each table of the APIs, but for the events, with the paths that it asks.</summary>
    private static readonly (string Table, string[] Paths)[] Endpoints =
    [
        ("annotations", ["/api/3/annotations", "/api/2/annotations"]),
        ("cohorts", ["/api/3/cohorts"]),
        ("cohort_members", ["/api/3/cohorts"]),
        ("taxonomy_events", [Taxonomy]),
        ("taxonomy_event_properties", [Taxonomy]),
        ("taxonomy_user_properties", [Taxonomy]),
        ("taxonomy_group_properties", [Taxonomy]),
        ("taxonomy_categories", [Taxonomy]),
        ("events_list", ["/api/2/events/list"]),
        ("active_users_counts", ["/api/2/users"]),
        ("average_session_length", ["/api/2/sessions/average"]),
        ("sessions_per_user", ["/api/2/sessions/peruser"]),
        ("session_length_distribution", ["/api/2/sessions/length"]),
        ("deletions", ["/api/2/deletions/users"]),
        ("user_profiles", ["/v1/userprofile"]),
    ];

    private static readonly string[] First = [.. Endpoints.Take(8).Select(one => one.Table)];
    private static readonly string[] Second = [.. Endpoints.Skip(8).Select(one => one.Table)];

    /// <summary>Status, body, exit code, what is said of most tables and what of user profiles.</summary>
    public static TheoryData<int, string, int, string, string> Answers { get; } =
        new()
        {
            {
                400,
                Invalid,
                ExitCode.SomeFailed,
                "does not accept this question (400, \"Bad range\")",
                "does not accept this question (400, \"Bad range\")"
            },
            {
                401,
                "Unauthorized",
                ExitCode.Refused,
                "Amplitude refused these keys (401, \"Unauthorized\")",
                "takes neither the secret key nor the API key (401, \"Invalid Api-Key\")"
            },
            {
                403,
                "Invalid API Key",
                ExitCode.Refused,
                "Amplitude refused these keys (403, \"Invalid API Key\")",
                "takes neither the secret key nor the API key (401, \"Invalid Api-Key\")"
            },
            {
                404,
                "404: Not Found",
                ExitCode.Done,
                "Amplitude does not offer this to the project (404, \"404: Not Found\")",
                "Amplitude gives no profile (404, \"404: Not Found\")"
            },
            {
                404,
                Proxy,
                ExitCode.SomeFailed,
                "does not answer as Amplitude does (404, \"404 Not Found\")",
                "Amplitude gives no profile (404, \"404 Not Found\")"
            },
            {
                429,
                "Too many",
                ExitCode.SomeFailed,
                "Amplitude's limit of requests is reached (429, \"Too many\")",
                "Amplitude's limit of 600 requests a minute is reached (429, \"Too many\")"
            },
            { 500, "", ExitCode.SomeFailed, "Amplitude cannot answer now (500)", "Amplitude gives no profile (500)" },
        };

    [Fact]
    public void No_table_is_left_out() =>
        Assert.Equal(
            AmplitudeTables.OfApis.Select(table => table.Name).Order(StringComparer.Ordinal),
            Endpoints.Select(one => one.Table).Append("events").Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_table_says_what_its_endpoint_answers_and_the_others_go_on(
        int status,
        string body,
        int code,
        string said,
        string ofProfiles
    )
    {
        await StrikeAsync(First, Second, code);
        await StrikeAsync(Second, First, code == ExitCode.Done ? ExitCode.SomeFailed : code);

        async Task StrikeAsync(string[] struck, string[] others, int code)
        {
            var paths = Endpoints.Where(one => struck.Contains(one.Table)).SelectMany(one => one.Paths);
            await using var shell = await StartAsync([
                .. paths.Select(path => new RestFault(path, status) { Text = body }),
            ]);
            var outcome = (await RunAsync(shell, [.. struck, .. others])).Ended(code);
            Assert.All(
                struck,
                table =>
                    Assert.Matches(
                        $"{table}[^:]{{0,40}}: .{{0,60}}?{Regex.Escape(table == "user_profiles" ? ofProfiles : said)}",
                        outcome.Flat
                    )
            );
            Assert.All(others, table => Assert.Contains($"{table} done: ", outcome.Flat));
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_step_of_a_cohorts_download_says_what_is_answered(
        int status,
        string body,
        int code,
        string said,
        string _
    )
    {
        foreach (var step in (string[])["request/", "request-status/", "request/r0-c1regulars/file"])
        {
            var isLost = step != "request/" && code == ExitCode.Done;
            await RunAsync(
                new RestFault($"/api/5/cohorts/{step}", status) { Text = body },
                isLost ? ExitCode.SomeFailed : code,
                Regex.Escape(
                    isLost ? "cohort c1regulars: Amplitude does not know the download that it had accepted" : said
                )
            );
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task The_address_of_a_large_download_says_what_it_answers_and_a_new_one_is_asked_for_when_it_is_too_old(
        int status
    )
    {
        const string Path = "/presigned/";
        var said = status == 403 ? "3 addresses of the download were refused (403)" : $"the download ({status})";
        await RunAsync(new RestFault(Path, status), ExitCode.SomeFailed, $"cohort c2silent: .*{Regex.Escape(said)}");
        await RunAsync(new RestFault(Path, status) { Times = 2 }, ExitCode.Done, "cohort_members done: 3 rows");
    }

    [Theory]
    [InlineData(400, null, ExitCode.SomeFailed, "too large: one hour over Amplitude's 4 GB limit")]
    [InlineData(401, "Unauthorized", ExitCode.Refused, "events: Amplitude refused these keys (401, \"Unauthorized\")")]
    [InlineData(403, null, ExitCode.Refused, "events: Amplitude refused these keys (403")]
    [InlineData(404, null, ExitCode.Done, "events done: 2 hours, 0 rows")]
    [InlineData(404, Proxy, ExitCode.SomeFailed, "does not answer as Amplitude does (404, \"404 Not Found\")")]
    [InlineData(429, "Too many", ExitCode.SomeFailed, "limit of requests is reached (429, \"Too many\")")]
    [InlineData(500, null, ExitCode.SomeFailed, "Amplitude cannot answer now (500")]
    public async Task The_export_says_what_it_answers_and_the_other_tables_go_on(
        int status,
        string? body,
        int code,
        string said
    )
    {
        var fault = new FaultRule
        {
            Fault = FaultKind.Status,
            Status = status,
            Text = body,
        };
        await using var shell = await StartAsync([], FaultScript.Of(fault));
        var outcome = (await RunAsync(shell, ["events", "annotations", "events_list"])).Ended(code);
        Assert.Contains(said, outcome.Flat);
        Assert.Contains("annotations done: 1 row", outcome.Flat);
        Assert.Contains("events_list done: ", outcome.Flat);
    }

    /// <summary>The members of cohorts are struck, and the tables beside them go on.</summary>
    private static async Task RunAsync(RestFault fault, int code, string said)
    {
        await using var shell = await StartAsync([fault]);
        var outcome = (await RunAsync(shell, ["cohort_members", "cohorts", "annotations"])).Ended(code);
        Assert.Matches(said, outcome.Flat);
        Assert.Contains("cohorts done: 2 rows", outcome.Flat);
        Assert.Contains("annotations done: 1 row", outcome.Flat);
    }

    private static Task<Outcome> RunAsync(Shell shell, IEnumerable<string> tables) =>
        shell.RunAsync(
            $"sync --user-ids ana --from 2025-07-10T00 --until 2025-07-10T02 {string.Join(' ', tables.Select(table => $"--table {table}"))}"
        );

    private static async Task<Shell> StartAsync(IReadOnlyList<RestFault> faults, FaultScript? script = null)
    {
        var tables = SimulatedTables.Example(Shell.Now) with { Faults = faults };
        var shell = await Shell.StartImpatientAsync(
            project => project with { Users = ["ana"], Tables = tables },
            faults: script
        );
        return shell.WithFile("waveguide.yml", "load: {spool: spool}\n");
    }
}
