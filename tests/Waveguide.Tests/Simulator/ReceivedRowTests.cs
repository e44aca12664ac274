using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class ReceivedRowTests
{
    [Fact]
    public async Task A_row_has_the_55_keys_of_an_export_in_their_order()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync("""{"user_id":"ana@example.org","event_type":"Signed up"}""");
        var generated = GeneratedTraffic.Create(
            new TrafficOptions { FromUtc = Sender.Noon, UntilUtc = Sender.Noon.AddHours(1) }
        );
        await using var other = await Sender.StartAsync(before: generated);
        Assert.Equal(Keys(other.Rows()[0]), Keys(sender.Rows()[0]));
        Assert.Equal(55, Keys(sender.Rows()[0]).Count);
    }

    [Fact]
    public async Task An_event_with_little_gets_what_Amplitude_gives_it()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync("""{"user_id":"ana@example.org","event_type":"Signed up"}""");
        var row = sender.Rows().Single();
        Assert.Equal("2025-07-09 12:00:00.000000", Text(row, "event_time"));
        Assert.Equal("2025-07-09 12:00:00.000000", Text(row, "client_event_time"));
        Assert.Equal("2025-07-09 12:00:00.003000", Text(row, "server_upload_time"));
        Assert.Equal(-1, row.GetProperty("session_id").GetInt64());
        Assert.Equal("http/2.0", Text(row, "library"));
        Assert.Equal(32, Text(row, "device_id")!.Length);
        Assert.InRange(row.GetProperty("event_id").GetInt64(), 100_000_000, 999_999_999);
        Assert.Equal("{}", row.GetProperty("plan").GetRawText());
        Assert.Equal("{}", row.GetProperty("event_properties").GetRawText());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("$insert_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("ip_address").ValueKind);
        Assert.Equal(
            """{"path":"/2/httpapi","first_event":true,"group_first_event":{},"group_ids":{}}""",
            row.GetProperty("data").GetRawText()
        );
    }

    [Fact]
    public async Task What_is_sent_comes_out_under_its_exported_name()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync(
            """
            {"device_id":"device-1","event_type":"page","time":1752062300123,"insert_id":"i-1","event_id":7,
             "session_id":1752062300000,"app_version":"1.2","platform":"Web","language":"pt-BR","ip":"$remote",
             "carrier":"Three","device_model":"Pixel","os_name":"Android","os_version":"15","country":"France",
             "location_lat":48.85660000000001,"adid":"a","idfa":"b","partner_id":"p","library":"test/1",
             "plan":{"branch":"main"},"event_properties":{"id":9007199254740993,"S\u00e3o":
             "Tomé"}}
            """
        );
        var row = sender.Rows().Single();
        foreach (
            var (key, value) in new (string, string)[]
            {
                ("$insert_id", "\"i-1\""),
                ("client_event_time", "\"2025-07-09 11:58:20.123000\""),
                ("event_id", "7"),
                ("session_id", "1752062300000"),
                ("version_name", "\"1.2\""),
                ("start_version", "\"1.2\""),
                ("platform", "\"Web\""),
                ("language", "\"Portuguese\""),
                ("ip_address", "\"127.0.0.1\""),
                ("device_carrier", "\"Three\""),
                ("device_type", "\"Pixel\""),
                ("device_family", "\"Pixel\""),
                ("device_model", "null"),
                ("os_name", "\"Android\""),
                ("country", "\"France\""),
                ("location_lat", "48.85660000000001"),
                ("adid", "\"a\""),
                ("idfa", "\"b\""),
                ("partner_id", "\"p\""),
                ("library", "\"test/1\""),
                ("plan", """{"branch":"main"}"""),
            }
        )
        {
            Assert.Equal((key, value), (key, row.GetProperty(key).GetRawText()));
        }

        var properties = row.GetProperty("event_properties");
        Assert.Equal("9007199254740993", properties.GetProperty("id").GetRawText());
        Assert.Equal("Tomé", properties.GetProperty("São").GetString());
    }

    [Theory]
    [InlineData("2025-07-09T11:59:01Z", "2025-07-09 11:00:00.000000")]
    [InlineData("2025-07-09T10:00:00Z", "2025-07-09 13:00:00.000000")]
    [InlineData("2025-07-09T12:01:00Z", "2025-07-09 10:59:00.000000")]
    public async Task A_clock_that_is_off_by_a_minute_is_corrected(string clientUpload, string expected)
    {
        await using var sender = await Sender.StartAsync();
        var time = new DateTimeOffset(Sender.Noon.AddHours(-1)).ToUnixTimeMilliseconds();
        await sender.PostAsync(
            "2/httpapi",
            $$"""{"api_key":"key","client_upload_time":"{{clientUpload}}","events":[{"device_id":"device-1","event_type":"page","time":{{time}}}]}"""
        );
        Assert.Equal(expected, Text(sender.Rows().Single(), "event_time"));
        Assert.Equal("2025-07-09 11:00:00.000000", Text(sender.Rows().Single(), "client_event_time"));
    }

    [Theory]
    [InlineData(
        "(Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36",
        "Chrome",
        "138",
        "Windows"
    )]
    [InlineData("(Macintosh; Intel Mac OS X 10_15_7) Chrome/133.0 Safari/537.36 Edg/133.0", "Edge", "133", "Mac")]
    [InlineData("(X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox", "130", "Linux")]
    [InlineData("(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari", "18", "iOS")]
    public async Task A_browser_stands_as_the_operating_system(
        string agent,
        string browser,
        string version,
        string system
    )
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync(
            $$"""{"device_id":"device-1","event_type":"page","user_agent":"Mozilla/5.0 {{agent}}"}"""
        );
        var row = sender.Rows().Single();
        Assert.Equal(
            [browser, version, system, system],
            new[] { "os_name", "os_version", "device_type", "device_family" }.Select(key => Text(row, key))
        );
    }

    [Fact]
    public async Task Revenue_stays_with_its_event_and_makes_the_user_a_paying_one()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync(
            """
            {"device_id":"device-1","event_type":"page"},
            {"device_id":"device-1","event_type":"buy","price":2.50,"quantity":2,"productId":"tea"},
            {"device_id":"device-1","event_type":"page"}
            """
        );
        var rows = sender.Rows();
        Assert.Equal(
            """{"$price":2.50,"$quantity":2,"$productId":"tea"}""",
            rows[1].GetProperty("event_properties").GetRawText()
        );
        Assert.Equal(["null", "true", "true"], rows.Select(row => row.GetProperty("paying").GetRawText()));
    }

    [Fact]
    public async Task Rows_are_exported_with_the_hour_of_their_arrival_beside_what_was_there()
    {
        await using var sender = await Sender.StartAsync(before: Exporter.ThreeHours());
        await sender.UploadAsync("""{"device_id":"device-1","event_type":"page","time":1700000000000}""");
        sender.Clock.Now = Sender.Noon.AddHours(1);
        await sender.UploadAsync("""{"device_id":"device-1","event_type":"page"}""");
        Assert.Equal(
            (Exporter.Day.AddHours(8), Sender.Noon.AddHours(1)),
            (sender.Data.FirstHour, sender.Data.LastHour)
        );
        Assert.Equal(
            [1, 1, 1, 0, 1, 1],
            Enumerable.Range(8, 6).Select(hour => sender.Data.Parts(Exporter.Day.AddHours(hour)).Count)
        );
        Assert.Equal(404, await ExportAsync(sender));
        sender.Clock.Now = Sender.Noon.AddHours(3);
        Assert.Equal(200, await ExportAsync(sender));
    }

    private static async Task<int> ExportAsync(Sender sender)
    {
        using var response = await sender.SendAsync(
            HttpMethod.Get,
            "api/2/export?start=20250709T12&end=20250709T12",
            ("Authorization", Exporter.Basic("key:secret").ToString())
        );
        return (int)response.StatusCode;
    }

    private static string? Text(JsonElement row, string key) => row.GetProperty(key).GetString();

    private static List<string> Keys(JsonElement row) => [.. row.EnumerateObject().Select(value => value.Name)];
}
