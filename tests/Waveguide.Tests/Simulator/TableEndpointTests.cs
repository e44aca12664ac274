using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Simulator;

/// <summary>The simulated APIs beside the export, as any client sees them.</summary>
public sealed class TableEndpointTests
{
    private const string Days = "?start=20250707&end=20250709";

    /// <summary>What an address wants to be asked, where it is more than its path.</summary>
    private static readonly Dictionary<string, string> Questions = new(StringComparer.Ordinal)
    {
        ["/api/2/export"] = "?start=20250709T14&end=20250709T14",
        ["/api/2/events/segmentation"] = $"{Days}&m=totals&i=1&e=%7B%22event_type%22%3A%22_all%22%7D",
        ["/api/2/users"] = Days,
        ["/api/2/sessions/average"] = Days,
        ["/api/2/sessions/peruser"] = Days,
        ["/api/2/sessions/length"] = Days,
        ["/api/2/taxonomy/event-property"] = "?event_type=Signup",
        ["/api/2/deletions/users"] = "?start_day=2025-06-01&end_day=2025-07-30",
        ["/v1/userprofile"] = "?user_id=ana",
    };

    [Fact]
    public async Task Every_documented_address_is_served_and_refuses_wrong_keys()
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        using var stranger = Client(amplitude, "wrong");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "simulator.md"));
        var paths = Regex
            .Matches(page, "`(?<path>/(?:api|v1)/[^`]*)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["path"].Value)
            .Where(path => !path.Contains("ID", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(17, paths.Count);
        foreach (var path in paths)
        {
            var address = path + Questions.GetValueOrDefault(path);
            using var served = await client.SendAsync(Request(path, address, "secret"));
            Assert.Equal((path, HttpStatusCode.OK), (path, served.StatusCode));
            using var refused = await stranger.SendAsync(Request(path, address, "wrong"));
            var code = path == "/v1/userprofile" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
            Assert.Equal((path, code), (path, refused.StatusCode));
        }
    }

    [Fact]
    public async Task A_download_is_accepted_waited_for_and_handed_out_elsewhere_without_credentials()
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        var (accepted, request) = await AskAsync("/api/5/cohorts/request/c2silent?props=1");
        var id = JsonDocument.Parse(request).RootElement.GetProperty("request_id").GetString();
        var early = await AskAsync($"/api/5/cohorts/request/{id}/file");
        var waiting = await AskAsync($"/api/5/cohorts/request-status/{id}");
        var done = await AskAsync($"/api/5/cohorts/request-status/{id}");
        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.Accepted, HttpStatusCode.OK],
            [accepted, early.Status, waiting.Status, done.Status]
        );
        Assert.Contains("JOB INPROGRESS", waiting.Body, StringComparison.Ordinal);
        Assert.Contains("JOB COMPLETED", done.Body, StringComparison.Ordinal);

        using var moved = await client.GetAsync($"/api/5/cohorts/request/{id}/file");
        Assert.Equal(HttpStatusCode.Found, moved.StatusCode);
        var elsewhere = new Uri(amplitude.Address, moved.Headers.Location!);
        using var told = await client.GetAsync(elsewhere);
        Assert.Equal(HttpStatusCode.BadRequest, told.StatusCode);
        using var bare = new HttpClient();
        Assert.Equal("user_id,amplitude_id\nbob@example.com,4713\n", await bare.GetStringAsync(elsewhere));

        async Task<(HttpStatusCode Status, string Body)> AskAsync(string path)
        {
            using var answer = await client.GetAsync(path);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("?props=1", "user_id,amplitude_id,plan\nana@example.com,4711,pro\n,4712,\"free, for now\"\n")]
    [InlineData("", "user_id,amplitude_id\nana@example.com,4711\n,4712\n")]
    public async Task Properties_of_members_come_only_where_they_are_asked_for(string query, string file)
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        (await client.GetAsync($"/api/5/cohorts/request/c1regulars{query}")).Dispose();
        for (var poll = 0; poll < 2; poll++)
        {
            (await client.GetAsync("/api/5/cohorts/request-status/r0-c1regulars")).Dispose();
        }

        Assert.Equal(file, await client.GetStringAsync("/api/5/cohorts/request/r0-c1regulars/file"));
    }

    [Theory]
    [InlineData("/api/2/users?start=20250709&end=20250708", HttpStatusCode.BadRequest, "start and end must be days")]
    [InlineData("/api/2/users?start=20250709&end=20250709&g=contry", HttpStatusCode.BadRequest, "contry")]
    [InlineData("/api/2/sessions/length?start=20220101&end=20250709", (HttpStatusCode)429, "cost")]
    [InlineData("/api/2/deletions/users?start_day=2025-01-01&end_day=2025-07-30", HttpStatusCode.BadRequest, "six")]
    [InlineData("/api/2/taxonomy/event-property?event_type=Gone", HttpStatusCode.BadRequest, "Not found")]
    [InlineData("/api/5/cohorts/request/nobody", HttpStatusCode.NotFound, "404: Not Found")]
    [InlineData("/api/2/funnels", HttpStatusCode.NotFound, "")]
    public async Task What_cannot_be_answered_is_refused(string address, HttpStatusCode code, string said)
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        using var answer = await client.GetAsync(address);
        Assert.Equal(code, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/3/cohorts", 60)]
    [InlineData("/api/2/deletions/users?start_day=2025-06-01&end_day=2025-07-30", 1)]
    [InlineData("/v1/userprofile?user_id=ana", 600)]
    public async Task More_than_the_limit_is_answered_429(string address, int limit)
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        var codes = new List<HttpStatusCode>();
        for (var asked = 0; asked <= limit; asked++)
        {
            using var answer = await client.SendAsync(Request(address.Split('?')[0], address, "secret"));
            codes.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, limit), (HttpStatusCode)429], codes);
    }

    [Theory]
    [InlineData("user_id=seen", "\"user_id\":\"seen\"")]
    [InlineData("device_id=d1", "\"device_id\":\"d1\"")]
    [InlineData("user_id=ghost&device_id=d1", "\"amp_props\":null")]
    [InlineData("user_id=ghost", "User id and device id not seen before")]
    [InlineData("get_amp_props=true", "User id and device id not seen before")]
    [InlineData("user_id=ana&comp_id=computed_revenue,other", "\"computed_revenue\":\"5000000.0\",\"other\":null")]
    [InlineData("user_id=ana&get_recs=true", "rec_id is required")]
    public async Task A_profile_is_that_of_a_user_or_a_device_of_the_events(string query, string said)
    {
        await using var amplitude = await StartAsync();
        using var client = Client(amplitude, "secret");
        var request = Request("/v1/userprofile", $"/v1/userprofile?{query}", "secret");
        using var answer = await client.SendAsync(request);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<SimulatedAmplitude> StartAsync()
    {
        var clock = new ManualClock(Exporter.Day.AddDays(1));
        return SimulatedAmplitude.StartAsync(
            new SimulatorOptions
            {
                Clock = clock,
                Projects =
                [
                    new SimulatedProject
                    {
                        ApiKey = "key",
                        SecretKey = "secret",
                        Users = ["ana"],
                        Data = new MemoryData().Add(
                            Exporter.Day.AddHours(14),
                            0,
                            """{"uuid":"1","user_id":"seen","device_id":"d1"}"""u8.ToArray()
                        ),
                        Tables = SimulatedTables.Example(clock.GetUtcNow()),
                    },
                ],
            }
        );
    }

    private static HttpRequestMessage Request(string path, string address, string secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (path == "/v1/userprofile")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Api-Key", secret);
        }

        return request;
    }

    private static HttpClient Client(SimulatedAmplitude amplitude, string secret)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = amplitude.Address,
        };
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"key:{secret}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        return client;
    }
}
