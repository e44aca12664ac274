using System.Text;

namespace Waveguide.Tests.Scanning;

/// <summary>A line that is not one JSON object is put aside whole, and its neighbours land.</summary>
public sealed class RejectionTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Theory]
    [InlineData("not JSON at all", "not JSON")]
    [InlineData("<html><body>502 Bad Gateway</body></html>", "not JSON")]
    [InlineData("{\"uuid\":\"a\"", "not JSON")]
    [InlineData("{\"uuid\":\"a", "not JSON")]
    [InlineData("{\"uuid\":", "not JSON")]
    [InlineData("{\"uuid\"", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"uuid\":\"a\"}}", "not JSON")]
    [InlineData("{\"uuid\":\"a\"} x", "not JSON")]
    [InlineData("{\"uuid\":\"a\"}{\"uuid\":\"b\"}", "not JSON")]
    [InlineData("{\"uuid\":\"a\"},", "not JSON")]
    [InlineData("{\"uuid\":\"a\",}", "not JSON")]
    [InlineData("{,\"uuid\":\"a\"}", "not JSON")]
    [InlineData("{\"location_lat\":NaN}", "not JSON")]
    [InlineData("{\"location_lat\":Infinity}", "not JSON")]
    [InlineData("{\"event_id\":01}", "not JSON")]
    [InlineData("{\"event_id\":1.}", "not JSON")]
    [InlineData("{\"event_id\":-}", "not JSON")]
    [InlineData("{\"event_id\":+1}", "not JSON")]
    [InlineData("{\"event_id\":1e}", "not JSON")]
    [InlineData("{\"event_properties\":{\"a\":[1,{\"b\":tru}]}}", "not JSON")]
    [InlineData("{\"event_properties\":{\"a\":[1}}", "not JSON")]
    [InlineData("{\"event_properties\":{\"a\":\"\\x\"}}", "not JSON")]
    [InlineData("{\"event_properties\":{\"a\":\"\\u12g4\"}}", "not JSON")]
    [InlineData("{\"event_properties\":{\"a\":\"tab\there\"}}", "not JSON")]
    [InlineData("{'uuid':'a'}", "not JSON")]
    [InlineData("{\"uuid\":\"a\" /* note */}", "not JSON")]
    [InlineData("[]", "JSON, but not an object")]
    [InlineData("[{\"uuid\":\"a\"}]", "JSON, but not an object")]
    [InlineData("\"text\"", "JSON, but not an object")]
    [InlineData("12", "JSON, but not an object")]
    [InlineData("null", "JSON, but not an object")]
    [InlineData("\0", "not JSON")]
    [InlineData("{\"uuid\":\"a\0b\"}", "not JSON")]
    public void A_line_that_is_not_an_object_is_put_aside_with_its_place_and_reason(string line, string reason)
    {
        var before = EventLine.Numbered(1);
        using var landing = engine.Land(before, line, EventLine.Numbered(2));
        Assert.Equal([1L, 2L], landing.Rows.Select(row => row["event_id"]));
        var rejected = Assert.Single(landing.Scan.Content.Rejected);
        Assert.Equal((2, before.Length + 1), (rejected.Line, rejected.Offset));
        Assert.Equal((Spool.FirstHour, "part-000.json.gz"), (rejected.Hour, rejected.Part));
        Assert.StartsWith(reason, rejected.Reason);
        Assert.Equal(line, Encoding.UTF8.GetString(rejected.Raw));
        Assert.Equal((2, 1, 0), (landing.Tally.Rows, landing.Tally.Rejected, landing.Tally.Repaired));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-NaN")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void A_line_with_NaN_or_infinity_is_put_aside_wherever_it_stands_and_those_beside_it_land(string value)
    {
        string[] keys = ["location_lat", "event_id", "city", "event_time", "paying", "event_properties", "new"];
        foreach (var json in new[] { value, $"[1,{value}]", $"{{\"a\":{value}}}" })
        {
            string[] bad = [.. keys.Select(key => EventLine.With((key, json)))];
            using var landing = engine.Land([EventLine.Numbered(1), .. bad, EventLine.Numbered(2)]);
            Assert.Equal([1L, 2L], landing.Rows.Select(row => row["event_id"]));
            Assert.Equal(bad, landing.RejectedText().Select(line => line.Raw));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public void A_line_that_is_not_UTF8_is_put_aside_wherever_the_bytes_are(byte[] bytes)
    {
        foreach (var key in new[] { "city", "event_properties", "new" })
        {
            byte[] line = [.. "{\""u8, .. Encoding.UTF8.GetBytes(key), .. "\":\"a"u8, .. bytes, .. "\"}"u8];
            using var landing = engine.Land([.. line, .. "\n{}\n"u8]);
            var rejected = Assert.Single(landing.Scan.Content.Rejected);
            Assert.Equal("not valid UTF-8", rejected.Reason);
            Assert.Equal(line, rejected.Raw);
            Assert.Single(landing.Rows);
        }
    }

    [Fact]
    public void What_a_rejected_line_had_set_does_not_stay_behind()
    {
        using var landing = engine.Land(EventLine.Ordinary[..^1] + ",\"new\":1,", "{\"uuid\":\"a\"}");
        var row = Assert.Single(landing.Rows);
        Assert.Equal(
            ["a"],
            row.Values.Take(Waveguide.Amplitude.EventsTable.Definition.Columns.Count + 1)
                .Where(value => value is not null)
        );
    }

    [Fact]
    public void Control_characters_in_the_place_of_a_time_are_not_JSON()
    {
        var line = EventLine.With(("event_time", $"\"{new string('\0', 10)} 00:22:44.545000\""));
        using var landing = engine.Land(
            line,
            line.Replace("\0 ", "\0\0", StringComparison.Ordinal),
            EventLine.Ordinary
        );
        Assert.Equal((1, 2), (landing.Tally.Rows, landing.Tally.Rejected));
    }

    [Fact]
    public void A_rejected_line_takes_no_row_key()
    {
        using var landing = engine.Land("{\"uuid\":\"a\"}}", "{\"uuid\":\"a\"}");
        Assert.Equal((1, 1, 0), (landing.Tally.Rows, landing.Tally.Rejected, landing.Tally.Duplicates));
    }

    [Fact]
    public void Rejected_lines_come_in_the_order_of_hours_parts_and_lines()
    {
        using var spool = new Spool().Add(1, "x\ny\n").Add(0, "z\n").Add(0, "{}\nw");
        using var landing = new Landing(engine, spool);
        Assert.Equal(["z", "w", "x", "y"], landing.RejectedText().Select(line => line.Raw));
        Assert.Equal(2, landing.Scan.Content[Spool.FirstHour].Tally.Rejected);
    }

    [Theory]
    [InlineData(100, 0, false)]
    [InlineData(101, 0, true)]
    [InlineData(101, 100_898, true)]
    [InlineData(101, 100_899, false)]
    public void Rejected_lines_are_allowed_up_to_a_hundred_or_a_thousandth(int rejected, int good, bool tooMany)
    {
        using var spool = new Spool().Add(
            Enumerable.Repeat("x", rejected).Concat(Enumerable.Repeat("{}", good)).Prepend(string.Empty)
        );
        using var landing = new Landing(engine, spool);
        Assert.Equal((good, rejected), (landing.Tally.Rows, landing.Tally.Rejected));
        var error = Record.Exception(landing.Scan.Content.ThrowIfTooManyRejected);
        Assert.Equal(tooMany, error is SourceException { Failure: SourceFailure.TooManyRejected, IsTransient: false });
        Assert.Equal(tooMany, error is not null);
    }

    [Fact]
    public void A_part_of_nothing_but_garbage_fails_before_it_fills_the_memory()
    {
        using var spool = new Spool().Add(Enumerable.Repeat("x", 20_001));
        var error = Assert.Throws<SourceException>(() => new Landing(engine, spool));
        Assert.Equal(SourceFailure.TooManyRejected, error.Failure);
        Assert.Contains("line 1 of part-000.json.gz", error.Message);
    }
}
