using System.Globalization;

namespace Waveguide.Tests.Transform;

/// <summary>Which clicks are a burst, of what kind, and how many.</summary>
public sealed class ClickTests : IDisposable
{
    private const string Bursts =
        "SELECT kind, source, clicks, milliseconds FROM analytics.click_bursts ORDER BY started_at";

    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Theory]
    [InlineData("four in a second on one spot", "0,10,10 300,12,9 600,10,10 1000,11,10", "rage|derived|4|1000")]
    [InlineData("four that take longer", "0,10,10 300,12,9 600,10,10 1001,11,10", "repeated|derived|4|1001")]
    [InlineData("in the corners of the square", "0,10,10 300,60,60 600,10,10 900,11,10", "rage|derived|4|900")]
    [InlineData("too far to the right", "0,10,10 300,61,10 600,10,10 900,11,10", "repeated|derived|4|900")]
    [InlineData("too far down", "0,10,10 300,10,61 600,10,10 900,11,10", "repeated|derived|4|900")]
    [InlineData("positions not sent", "0 300 600 900", "rage|derived|4|900")]
    [InlineData(
        "four on one spot and one elsewhere",
        "0,10,10 100,10,10 200,10,10 300,10,10 400,900,10",
        "rage|derived|5|400"
    )]
    [InlineData(
        "one elsewhere and four on one spot",
        "0,900,10 100,10,10 200,10,10 300,10,10 400,10,10",
        "rage|derived|5|400"
    )]
    [InlineData("three", "0,10,10 300,10,10 600,10,10", "repeated|derived|3|600")]
    [InlineData("two", "0,10,10 300,10,10", null)]
    public async Task A_burst_is_rage_by_number_time_and_distance(string what, string clicks, string? burst)
    {
        await _star.LandAsync(0, 1, [.. clicks.Split(' ').Select((click, number) => Click($"{what} {number}", click))]);
        await _star.BuildAsync();
        Assert.Equal(burst is null ? [] : [burst], await _star.QueryAsync(Bursts));
    }

    [Fact]
    public async Task The_distance_is_a_variable()
    {
        _star.Variables = new Dictionary<string, string> { ["rage_pixels"] = "100" };
        await _star.LandAsync(
            0,
            1,
            Click("a", "0,10,10"),
            Click("b", "1,110,10"),
            Click("c", "2,10,10"),
            Click("d", "3,10,10")
        );
        await _star.BuildAsync();
        Assert.Equal(["rage|derived|4|3"], await _star.QueryAsync(Bursts));
    }

    [Theory]
    [InlineData("with the clicks it is made of", "0,10,10 300,10,10 600,10,10 900,10,10", 0, 4, "rage|native|4|900")]
    [InlineData("after the clicks it is made of", "0,10,10 300,10,10 600,10,10 900,10,10", 901, 4, "rage|native|4|901")]
    [InlineData("with fewer clicks than it counted", "0,10,10 300,10,10", 600, 6, "rage|native|6|600")]
    [InlineData("with more clicks than it counted", "0 200 400 600 800 1000", 600, 4, "rage|native|6|1000")]
    [InlineData("alone", "", 600, 5, "rage|native|5|0")]
    public async Task A_native_rage_click_is_one_burst_and_its_clicks_count_once(
        string what,
        string clicks,
        int at,
        int counted,
        string burst
    )
    {
        var seen = clicks.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await _star.LandAsync(
            0,
            1,
            [.. seen.Select((click, number) => Click($"{what} {number}", click)), Click(what, $"{at}", counted)]
        );
        await _star.BuildAsync();
        Assert.Equal([burst], await _star.QueryAsync(Bursts));
        Assert.Equal(
            [$"1|0|{burst.Split('|')[2]}|{seen.Length}"],
            await _star.QueryAsync(
                "SELECT rage_bursts, repeated_bursts, burst_clicks, clicks FROM analytics.click_hotspots"
            )
        );
        Assert.Equal([$"{seen.Length}"], await _star.QueryAsync("SELECT sum(clicks) FROM analytics.fct_sessions"));
    }

    [Fact]
    public async Task Two_native_rage_clicks_of_one_burst_are_one_burst()
    {
        await _star.LandAsync(0, 1, Click("a", "0", 4), Click("b", "900", 7));
        await _star.BuildAsync();
        Assert.Equal(["rage|native|7|900"], await _star.QueryAsync(Bursts));
    }

    [Fact]
    public async Task Clicks_on_another_element_or_after_another_page_end_a_burst()
    {
        await _star.LandAsync(
            0,
            1,
            Click("a", "0"),
            Click("b", "100"),
            Click("c", "200"),
            View("d", 300),
            Click("e", "400"),
            Click("f", "500", element: "other"),
            Click("g", "600")
        );
        await _star.BuildAsync();
        Assert.Equal(["repeated|derived|3|200"], await _star.QueryAsync(Bursts));
    }

    /// <param name="place">Milliseconds, and behind commas the position.</param>
    /// <param name="counted">Clicks that a native rage click counted; null for a click.</param>
    private static string Click(string uuid, string place, int? counted = null, string element = "buy")
    {
        var numbers = place.Split(',');
        var position = numbers.Length > 1 ? $", \"[Amplitude] X\": {numbers[1]}, \"[Amplitude] Y\": {numbers[2]}" : "";
        var count = counted is null ? "" : $", \"[Amplitude] Click Count\": {counted}";
        return Event(
            uuid,
            int.Parse(numbers[0], CultureInfo.InvariantCulture),
            counted is null ? "[Amplitude] Element Clicked" : "[Amplitude] Rage Click",
            $"\"[Amplitude] Element Text\": \"{element}\"{position}{count}"
        );
    }

    private static string View(string uuid, int at) =>
        Event(uuid, at, "[Amplitude] Page Viewed", "\"[Amplitude] Page URL\": \"https://example.com/\"");

    private static string Event(string uuid, int at, string type, string properties) =>
        $$"""
            '{{uuid}}' AS uuid, 'd' AS device_id, 7 AS session_id, '{{type}}' AS event_type,
            TIMESTAMP '2025-07-09' + INTERVAL {{at}} MILLISECOND AS event_time, '{ {{properties}} }'::JSON AS event_properties
            """;
}
