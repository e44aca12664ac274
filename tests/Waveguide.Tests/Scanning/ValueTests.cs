namespace Waveguide.Tests.Scanning;

public sealed class ValueTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void A_boolean_is_understood_as_text_and_number_too(string json, bool? expected)
    {
        using var landing = engine.Land(EventLine.With(("paying", json)));
        Assert.Equal(expected, landing.Rows[0]["paying"]);
        Assert.Null(landing.Rows[0]["_extra"]);
        Assert.Equal(0, landing.Tally.Repaired);
    }

    [Theory]
    [InlineData("2025-07-09 00:22:44.545000", "2025-07-09T00:22:44.5450000")]
    [InlineData("2025-07-09T00:22:44.545000", "2025-07-09T00:22:44.5450000")]
    [InlineData("2025-07-09T00:22:44.545Z", "2025-07-09T00:22:44.5450000")]
    [InlineData("2025-07-09 00:22:44Z", "2025-07-09T00:22:44.0000000")]
    [InlineData("2025-07-09 00:22:44", "2025-07-09T00:22:44.0000000")]
    [InlineData("2025-07-09 00:22:44.1", "2025-07-09T00:22:44.1000000")]
    [InlineData("2025-07-09 00:22:44.12", "2025-07-09T00:22:44.1200000")]
    [InlineData("2025-07-09 00:22:44.123", "2025-07-09T00:22:44.1230000")]
    [InlineData("2025-07-09 00:22:44.1234", "2025-07-09T00:22:44.1234000")]
    [InlineData("2025-07-09 00:22:44.12345", "2025-07-09T00:22:44.1234500")]
    [InlineData("2025-07-09 00:22:44.123456", "2025-07-09T00:22:44.1234560")]
    [InlineData("2025-07-09 00:22:44.123456000", "2025-07-09T00:22:44.1234560")]
    [InlineData("2025-07-09", "2025-07-09T00:00:00.0000000")]
    [InlineData("2024-02-29 23:59:59.999999", "2024-02-29T23:59:59.9999990")]
    [InlineData("1969-12-31 23:59:59.999999", "1969-12-31T23:59:59.9999990")]
    [InlineData("1970-01-01 00:00:00.000000", "1970-01-01T00:00:00.0000000")]
    [InlineData("0001-01-01 00:00:00.000000", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.9999990")]
    public void A_time_is_understood_in_each_form_seen_in_years_of_exports(string text, string expected)
    {
        using var landing = engine.Land(EventLine.With(("event_time", $"\"{text}\"")));
        Assert.Equal(expected, ((DateTime)landing.Rows[0]["event_time"]!).ToString("yyyy-MM-ddTHH:mm:ss.fffffff"));
        Assert.Equal(0, landing.Tally.Repaired);
    }

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("-1", -1L)]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    public void Whole_numbers_of_64_bits_stay_exact(string json, long expected)
    {
        using var landing = engine.Land(EventLine.With(("amplitude_id", json)));
        Assert.Equal(expected, landing.Rows[0]["amplitude_id"]);
    }

    [Theory]
    [InlineData("51.507351", 51.507351)]
    [InlineData("-0.12775829999998223", -0.12775829999998223)]
    [InlineData("0.1000000000000000055511151231257827", 0.1)]
    [InlineData("179769313486231570000e288", double.MaxValue)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("1E+2", 100.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("1e-400", 0.0)]
    public void Decimals_become_the_nearest_double(string json, double expected)
    {
        using var landing = engine.Land(EventLine.With(("location_lat", json)));
        var actual = Assert.IsType<double>(landing.Rows[0]["location_lat"]);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
        Assert.Equal(0, landing.Tally.Repaired);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("12345678901234567890123.4567890123456789")]
    [InlineData("{ \"a\" :\t[ 1 , 2.50 ] , \"\\u0041\\/\" : \"\\ud83d\\ude00 \\ud83d\" }")]
    [InlineData("{\"id\":18446744073709551616,\"id\":1e1000,\"City\":1,\"city\":2}")]
    [InlineData("[\"\u00e9\u4e2d\ud83d\ude00\",\"}{][\\\"\\\\\"]")]
    public void Objects_keep_the_bytes_of_their_source(string json)
    {
        using var landing = engine.Land(EventLine.With(("event_properties", json)));
        Assert.Equal(json, landing.Rows[0]["event_properties"]);
        Assert.Equal(0, landing.Tally.Repaired);
    }

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("12345678901234567890123456789", "12345678901234567890123456789")]
    [InlineData("true", "true")]
    [InlineData("\"\"", "")]
    [InlineData("\"twelve bytes\"", "twelve bytes")]
    [InlineData("\"thirteen bytes\"", "thirteen bytes")]
    [InlineData("\"\\u0000\"", "\0")]
    [InlineData("\"a\\u0000b, and more than twelve bytes\"", "a\0b, and more than twelve bytes")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"Bogot\\u00e1 \\ud83d\\ude00 \u00e1\"", "Bogot\u00e1 \ud83d\ude00 \u00e1")]
    public void Scalars_in_a_text_column_are_kept_as_their_text(string json, string expected)
    {
        using var landing = engine.Land(EventLine.With(("city", json)));
        Assert.Equal(expected, landing.Rows[0]["city"]);
        Assert.Equal(0, landing.Tally.Repaired);
    }
}
