using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.LiveTests;

/// <summary>Amplitude's own clients send to the simulated Amplitude; the program carries what they sent to a warehouse.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Everything_that_the_client_for_Node_sends_arrives_unaltered()
    {
        ClientScript.RequirePackages();
        var limits = new ReceiptLimits { EventsPerSecond = 4, Window = TimeSpan.FromSeconds(5) };
        await using var served = await StartAsync(limits);
        var uploads = await SendAsync(served, "server.mjs");
        Assert.Single(uploads, upload => upload.Status == 429);
        Assert.Contains(uploads, upload => upload.Url.AbsolutePath == "/batch");

        var arrivals = await SyncAsync(served);
        arrivals.AssertHold(uploads);
        Assert.Equal(600 + 30 + 6, arrivals.Count);
        var row = arrivals.Only("Order Placed");
        AssertJson(
            """{"city":"São Tomé","first_seen":"2025-07-09","visits":3.5,"tags":["new","b","c"],"company":["Harbour","Köln Kaffee"]}""",
            row["user_properties"]
        );
        AssertJson("""{"company":["Harbour","Köln Kaffee"]}""", row["groups"]);
        AssertJson("""{"company":{"Harbour":{"plan":"pro","seats":7},"Köln Kaffee":{}}}""", row["group_properties"]);
        Assert.Equal("Lisboa", arrivals.Only("revenue_amount")["user_properties"].GetProperty("city").GetString());
    }

    [Fact]
    public async Task Everything_that_the_client_for_browsers_sends_arrives_unaltered()
    {
        ClientScript.RequirePackages();
        ClientScript.Require(
            ClientScript.Chromium is not null,
            "Chromium is not installed: install Debian's chromium."
        );
        await using var served = await StartAsync(new ReceiptLimits());
        var uploads = await SendAsync(served, "browser.mjs", ClientScript.Chromium!);

        var arrivals = await SyncAsync(served);
        arrivals.AssertHold(uploads);
        foreach (var type in new[] { "Rage Click", "Dead Click", "File Downloaded", "Form Started", "Form Submitted" })
        {
            arrivals.Only($"[Amplitude] {type}");
        }

        var clicks = arrivals.Clicks();
        Assert.Equal(["a li ul li ul li ul nav header body"], clicks["menu-sao-tome"]);
        Assert.Equal(["a li ul nav header body"], clicks["menu-contact"]);
        Assert.Equal(6, clicks["like"].Count());

        var before = arrivals.Only("session_start")["user_properties"];
        Assert.Equal("letter", before.GetProperty("utm_source").GetString());
        Assert.Equal("Süden", before.GetProperty("initial_utm_campaign").GetString());
        Assert.Equal("EMPTY", before.GetProperty("initial_fbclid").GetString());
        var row = arrivals.Only("Tasted");
        Assert.Equal("ana@example.org", row["user_id"].GetString());
        AssertJson("""["bitter","süß"]""", row["user_properties"].GetProperty("taste"));
        AssertJson("2", row["user_properties"].GetProperty("cups"));
        AssertJson("""{"company":["Harbour"]}""", row["groups"]);
    }

    /// <summary>An Amplitude that serves an hour while it fills, and a program that asks for it then.</summary>
    private static async Task<ServedProgram> StartAsync(ReceiptLimits limits)
    {
        var served = await ServedProgram.StartAsync(
            new ReceivedEvents(),
            options => options with { AvailabilityLag = TimeSpan.Zero, Receipt = limits }
        );
        await File.WriteAllTextAsync(served.At("waveguide.yml"), "source:\n  availability_lag: 0s\n");
        return served;
    }

    private static Task<IReadOnlyList<SentUpload>> SendAsync(ServedProgram served, string script, params string[] more)
    {
        var output = served.At("sent.json");
        return ClientScript.RunAsync(script, output, [served.Address.ToString().TrimEnd('/'), "key", output, .. more]);
    }

    private static async Task<Arrivals> SyncAsync(ServedProgram served)
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(-1);
        var run = await served.RunAsync("sync", "--from", $"{from:yyyy-MM-ddTHH}");
        Assert.True(run.Code == 0, run.Error);
        return await Arrivals.ReadAsync(served.At("warehouse.duckdb"));
    }

    private static void AssertJson(string expected, JsonElement actual)
    {
        using var json = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(json.RootElement, actual), $"expected {expected}, found {actual}");
    }
}
