namespace Waveguide.Tests.Scanning;

/// <summary>What does not fit its column is null there, or as much of it as fits, and kept whole among the extra keys.</summary>
public sealed class RepairTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Theory]
    [InlineData("event_id", "\"text\"")]
    [InlineData("event_id", "\"12\"")]
    [InlineData("event_id", "1.5")]
    [InlineData("event_id", "1e3")]
    [InlineData("event_id", "true")]
    [InlineData("event_id", "{}")]
    [InlineData("event_id", "[]")]
    [InlineData("event_id", "9223372036854775808")]
    [InlineData("event_id", "-9223372036854775809")]
    [InlineData("event_id", "123456789012345678901234567890")]
    [InlineData("location_lat", "1e400")]
    [InlineData("location_lat", "-1e999")]
    [InlineData("location_lat", "\"51.5\"")]
    [InlineData("location_lat", "\"\"")]
    [InlineData("location_lat", "false")]
    [InlineData("location_lat", "[1]")]
    [InlineData("paying", "\"yes\"")]
    [InlineData("paying", "\"(none)\"")]
    [InlineData("paying", "2")]
    [InlineData("paying", "1.0")]
    [InlineData("paying", "{\"a\":1}")]
    [InlineData("event_time", "\"\"")]
    [InlineData("event_time", "\"not a date\"")]
    [InlineData("event_time", "\"2025-13-01 00:00:00.000000\"")]
    [InlineData("event_time", "\"2025-02-29 00:00:00.000000\"")]
    [InlineData("event_time", "\"0000-01-01 00:00:00.000000\"")]
    [InlineData("event_time", "\"2025-07-09 24:00:00.000000\"")]
    [InlineData("event_time", "\"2025-07-09 00:00:60.000000\"")]
    [InlineData("event_time", "\"2025-07-09 00:00\"")]
    [InlineData("event_time", "\"2025-07-09 00:00:00.\"")]
    [InlineData("event_time", "\"2025-07-09 00:00:00.0000000000\"")]
    [InlineData("event_time", "\"2025-07-09 00:00:00+01:00\"")]
    [InlineData("event_time", "\"12025-07-09 00:00:00\"")]
    [InlineData("event_time", "\"2025-07-09_00:22:44.545000\"")]
    [InlineData("event_time", "\"2025-07-09 00-22:44.545000\"")]
    [InlineData("event_time", "\"2025-07-09 00:22-44.545000\"")]
    [InlineData("event_time", "\"2025-07-09 00:22:44,545000\"")]
    [InlineData("event_time", "\"2025-07-09 00:22:44.5450a0\"")]
    [InlineData("event_time", "\"2025-07-09 0:22:444.545000\"")]
    [InlineData("event_time", "1752020564545")]
    [InlineData("event_time", "{}")]
    [InlineData("city", "{\"name\":\"Oslo\"}")]
    [InlineData("city", "[\"Oslo\"]")]
    [InlineData("city", "\"half \\ud83d of a pair\"")]
    [InlineData("city", "\"\\udc00\"")]
    public void A_value_that_does_not_fit_is_null_and_kept_as_it_was(string key, string json)
    {
        using var landing = engine.Land(EventLine.With((key, json)), EventLine.Numbered(1));
        Assert.Null(landing.Rows[0][key]);
        Assert.Equal($"{{\"{key}\":{json}}}", landing.Rows[0]["_extra"]);
        Assert.Null(landing.Rows[1]["_extra"]);
        Assert.Equal((2, 1, 0), (landing.Tally.Rows, landing.Tally.Repaired, landing.Tally.Rejected));
    }

    [Theory]
    [InlineData("2025-07-09 00:22:44.5450001")]
    [InlineData("2025-07-09T00:22:44.545000999Z")]
    public void A_time_finer_than_a_microsecond_is_cut_and_kept_as_it_was(string text)
    {
        using var landing = engine.Land(EventLine.With(("event_time", $"\"{text}\"")));
        Assert.Equal(new DateTime(2025, 7, 9, 0, 22, 44, 545, DateTimeKind.Utc), landing.Rows[0]["event_time"]);
        Assert.Equal($"{{\"event_time\":\"{text}\"}}", landing.Rows[0]["_extra"]);
        Assert.Equal(1, landing.Tally.Repaired);
    }

    [Fact]
    public void A_row_with_several_repairs_counts_once_and_keeps_all_values()
    {
        using var landing = engine.Land(EventLine.With(("event_id", "\"x\""), ("paying", "3"), ("new", "null")));
        Assert.Equal("""{"event_id":"x","paying":3,"new":null}""", landing.Rows[0]["_extra"]);
        Assert.Equal(1, landing.Tally.Repaired);
    }

    [Fact]
    public void A_repair_leaves_the_other_values_of_its_row_as_they_were()
    {
        using var landing = engine.Land(EventLine.Ordinary, EventLine.With(("uuid", "\"2\""), ("event_id", "\"x\"")));
        Assert.Empty(
            landing.Query(
                "SELECT * EXCLUDE (uuid, event_id, _extra, _line) FROM landed WHERE _line = 2"
                    + " EXCEPT SELECT * EXCLUDE (uuid, event_id, _extra, _line) FROM landed WHERE _line = 1"
            )
        );
    }

    [Fact]
    public void A_repeated_row_that_is_left_out_does_not_count_as_repaired()
    {
        var broken = EventLine.With(("event_id", "\"x\""));
        using var landing = engine.Land(EventLine.Ordinary, broken);
        Assert.Equal((1, 0, 1), (landing.Tally.Rows, landing.Tally.Repaired, landing.Tally.Duplicates));
    }
}
