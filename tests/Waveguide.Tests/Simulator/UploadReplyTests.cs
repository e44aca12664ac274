using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class UploadReplyTests
{
    private const string One = """{"device_id":"device-1","event_type":"page"}""";

    [Theory]
    [InlineData("2/httpapi", false)]
    [InlineData("2/httpapi", true)]
    [InlineData("batch", false)]
    [InlineData("batch", true)]
    public async Task A_good_upload_is_counted(string path, bool asGzip)
    {
        await using var sender = await Sender.StartAsync();
        var body = $$"""{"api_key":"key","events":[{{One}},{{One}}]}""";
        var (status, reply) = await sender.PostAsync(path, body, asGzip);
        Assert.Equal(200, status);
        var uploaded = new DateTimeOffset(Sender.Noon).ToUnixTimeMilliseconds() + 3;
        Assert.Equal(
            $$"""{"code":200,"events_ingested":2,"payload_size_bytes":{{body.Length}},"server_upload_time":{{uploaded}}}""",
            reply.GetRawText()
        );
        Assert.Equal($"/{path}", sender.Rows()[1].GetProperty("data").GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("2/httpapi", "", "Missing request body", null)]
    [InlineData("2/httpapi", "{", "Invalid JSON request body", null)]
    [InlineData("2/httpapi", "[]", "Invalid JSON request body", null)]
    [InlineData("2/httpapi", """{"events":[]}""", "Request missing required field", "api_key")]
    [InlineData("batch", """{"api_key":"key"}""", "Request missing required field", "events")]
    [InlineData("batch", """{"api_key":"key","events":[1]}""", "Invalid event JSON", null)]
    [InlineData("batch", """{"api_key":"key","events":{}}""", "Invalid event JSON", null)]
    [InlineData("2/httpapi", """{"api_key":"other","events":[]}""", "Invalid API key", null)]
    [InlineData("3/httpapi", """{"api_key":"key","events":[]}""", "Invalid request path", null)]
    public async Task A_bad_upload_is_refused_as_documented(string path, string body, string error, string? missing)
    {
        await using var sender = await Sender.StartAsync();
        var (status, reply) = await sender.PostAsync(path, body);
        Assert.Equal(400, status);
        Assert.Equal(400, reply.GetProperty("code").GetInt32());
        Assert.Equal(error, reply.GetProperty("error").GetString());
        Assert.Equal(missing, reply.TryGetProperty("missing_field", out var field) ? field.GetString() : null);
        Assert.Empty(sender.Rows());
    }

    [Theory]
    [InlineData("""{"device_id":"device-1"}""", "events_with_missing_fields", "event_type")]
    [InlineData("""{"event_type":"page"}""", "events_with_missing_fields", "user_id")]
    [InlineData("""{"event_type":"page","user_id":"Anonymous"}""", "events_with_missing_fields", "user_id")]
    [InlineData(
        """{"event_type":"page","device_id":"device-1","time":1752062400}""",
        "events_with_invalid_fields",
        "time"
    )]
    [InlineData("""{"event_type":"page","device_id":"device-1","time":"now"}""", "events_with_invalid_fields", "time")]
    [InlineData(
        """{"event_type":"page","device_id":"device-1","event_properties":[]}""",
        "events_with_invalid_fields",
        "event_properties"
    )]
    [InlineData("""{"event_type":"page","user_id":"ana"}""", "events_with_invalid_id_lengths", "user_id")]
    public async Task One_event_that_is_wrong_refuses_them_all_and_is_named(string wrong, string kind, string field)
    {
        await using var sender = await Sender.StartAsync();
        var (status, reply) = await sender.UploadAsync($"{One},{wrong}");
        Assert.Equal(400, status);
        Assert.Equal("[1]", reply.GetProperty(kind).GetProperty(field).GetRawText());
        Assert.Empty(sender.Rows());
    }

    [Fact]
    public async Task Ids_that_are_too_short_are_rejected_by_one_API_and_left_out_by_the_other()
    {
        await using var sender = await Sender.StartAsync();
        const string Short = """{"device_id":"device-1","event_type":"page","user_id":"ana"}""";
        Assert.Equal(400, (await sender.UploadAsync(Short)).Status);
        Assert.Equal(200, (await sender.UploadAsync(Short, "batch")).Status);
        Assert.Equal(JsonValueKind.Null, sender.Rows().Single().GetProperty("user_id").ValueKind);
        Assert.Equal(400, (await sender.UploadAsync("""{"event_type":"page","user_id":"ana"}""", "batch")).Status);
        var allowed = $$"""{"api_key":"key","options":{"min_id_length":3},"events":[{{Short}}]}""";
        Assert.Equal(200, (await sender.PostAsync("2/httpapi", allowed)).Status);
        Assert.Equal("ana", sender.Rows()[1].GetProperty("user_id").GetString());
    }

    [Theory]
    [InlineData("2/httpapi", 1_000_000)]
    [InlineData("batch", 20_000_000)]
    public async Task A_body_that_is_too_large_is_refused(string path, int limit)
    {
        await using var sender = await Sender.StartAsync();
        var text = new string('x', limit);
        var (status, reply) = await sender.UploadAsync(
            $$"""{"event_properties":{"text":"{{text}}"},"device_id":"device-1","event_type":"page"}""",
            path
        );
        Assert.Equal(413, status);
        Assert.Equal("""{"code":413,"error":"Payload too large"}""", reply.GetRawText());
    }

    [Fact]
    public async Task More_than_two_thousand_events_are_too_large()
    {
        await using var sender = await Sender.StartAsync();
        var events = Enumerable
            .Range(0, 2_001)
            .Select(place => $$"""{"device_id":"device-{{place}}","event_type":"e"}""");
        Assert.Equal(413, (await sender.UploadAsync(string.Join(',', events))).Status);
        Assert.Equal(200, (await sender.UploadAsync(string.Join(',', events.Skip(1)))).Status);
    }

    [Fact]
    public async Task A_device_that_sends_too_fast_is_told_so_until_the_window_has_passed()
    {
        await using var sender = await Sender.StartAsync(
            new ReceiptLimits { EventsPerSecond = 1, Window = TimeSpan.FromSeconds(3) }
        );
        const string Other = """{"device_id":"device-2","event_type":"page"}""";
        Assert.Equal(200, (await sender.UploadAsync($"{One},{One},{One}")).Status);
        var (status, reply) = await sender.UploadAsync($"{Other},{One},{One},{One}");
        Assert.Equal(429, status);
        Assert.Equal("Too many requests for some devices and users", reply.GetProperty("error").GetString());
        Assert.Equal(1, reply.GetProperty("eps_threshold").GetInt32());
        Assert.Equal("""{"device-1":2}""", reply.GetProperty("throttled_devices").GetRawText());
        Assert.Equal("[1,2,3]", reply.GetProperty("throttled_events").GetRawText());
        Assert.Equal(200, (await sender.UploadAsync(Other)).Status);
        sender.Clock.Now += TimeSpan.FromSeconds(3);
        Assert.Equal(200, (await sender.UploadAsync($"{One},{One},{One}")).Status);
        Assert.Equal(7, sender.Rows().Count);
    }

    [Fact]
    public async Task A_user_over_the_daily_quota_of_batch_is_told_so()
    {
        await using var sender = await Sender.StartAsync(new ReceiptLimits { BatchEventsPerDay = 2 });
        const string User = """{"user_id":"ana@example.org","device_id":"phone-1","event_type":"page"}""";
        Assert.Equal(200, (await sender.UploadAsync($"{User},{User}", "batch")).Status);
        var (status, reply) = await sender.UploadAsync(User, "batch");
        Assert.Equal(429, status);
        Assert.Equal("""{"ana@example.org":3}""", reply.GetProperty("exceeded_daily_quota_users").GetRawText());
        Assert.Equal("""{"phone-1":3}""", reply.GetProperty("exceeded_daily_quota_devices").GetRawText());
        sender.Clock.Now += TimeSpan.FromHours(24);
        Assert.Equal(200, (await sender.UploadAsync(User, "batch")).Status);
    }

    [Fact]
    public async Task A_silenced_device_refuses_the_upload_and_is_named()
    {
        await using var sender = await Sender.StartAsync(new ReceiptLimits { SilencedDevices = ["device-1"] });
        var (status, reply) = await sender.UploadAsync($$"""{"device_id":"device-2","event_type":"page"},{{One}}""");
        Assert.Equal(400, status);
        Assert.Equal("""["device-1"]""", reply.GetProperty("silenced_devices").GetRawText());
        Assert.Equal("[1]", reply.GetProperty("silenced_events").GetRawText());
    }

    [Fact]
    public async Task A_page_of_any_site_may_upload()
    {
        await using var sender = await Sender.StartAsync();
        using var preflight = await sender.SendAsync(
            HttpMethod.Options,
            "2/httpapi",
            ("Origin", "http://shop.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-encoding,content-type")
        );
        Assert.Equal(204, (int)preflight.StatusCode);
        Assert.Equal(["*"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["content-encoding,content-type"], preflight.Headers.GetValues("Access-Control-Allow-Headers"));
        using var refused = await sender.SendAsync(HttpMethod.Post, "2/httpapi");
        Assert.Equal(["*"], refused.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_project_with_other_data_takes_no_uploads()
    {
        await using var exporter = await Exporter.StartAsync();
        using var http = new HttpClient();
        using var body = new StringContent($$"""{"api_key":"key","events":[{{One}}]}""");
        using var response = await http.PostAsync(new Uri(exporter.Amplitude.Address, "2/httpapi"), body);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("Invalid API key", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
