using Waveguide.Amplitude;

namespace Waveguide.Tests.Scanning;

public sealed class KeyTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Fact]
    public void Keys_may_come_in_any_order()
    {
        var values = EventsTable.Definition.Columns.Select(column => column.Source).ToArray();
        var ordinary = engine.Land(EventLine.Ordinary);
        for (var seed = 1; seed <= 5; seed++)
        {
            new Random(seed).Shuffle(values);
            using var shuffled = engine.Land(EventLine.Of([.. values.Select(key => (key, ValueOf(key)))]));
            Assert.Equal(ordinary.Rows[0].Values, shuffled.Rows[0].Values);
        }

        ordinary.Dispose();
    }

    [Fact]
    public void A_missing_key_is_null()
    {
        using var landing = engine.Land(EventLine.Of(("uuid", "\"a\""), ("event_id", "7")), "{}");
        Assert.Equal(["a", 7L], Known(landing.Rows[0]).Where(value => value is not null).Order(Texts));
        Assert.All(Known(landing.Rows[1]), Assert.Null);
        Assert.Equal((2, 0), (landing.Tally.Rows, landing.Tally.Repaired));
    }

    [Fact]
    public void Unknown_keys_are_kept_byte_for_byte_in_their_order()
    {
        using var landing = engine.Land(
            EventLine.Of(
                ("new", "{ \"a\" : 1.50 }"),
                ("uuid", "\"a\""),
                ("caf\\u00e9 \\\" \u4e2d", "\"\\u00e9\""),
                ("", "null"),
                ("new", "[ ]"),
                ("UUID", "12345678901234567890")
            )
        );
        Assert.Equal(
            "{\"new\":{ \"a\" : 1.50 },\"caf\\u00e9 \\\" \u4e2d\":\"\\u00e9\",\"\":null,\"new\":[ ],\"UUID\":12345678901234567890}",
            landing.Rows[0]["_extra"]
        );
        Assert.Equal(0, landing.Tally.Repaired);
    }

    [Fact]
    public void A_key_may_be_written_with_escapes()
    {
        using var landing = engine.Land(EventLine.Of(("\\u0024schema", "13"), ("u\\u0075id", "\"a\"")));
        Assert.Equal((13L, "a"), (landing.Rows[0]["schema"], landing.Rows[0]["uuid"]));
        Assert.Null(landing.Rows[0]["_extra"]);
    }

    [Fact]
    public void A_key_with_half_a_surrogate_pair_is_kept_as_it_was()
    {
        using var landing = engine.Land(EventLine.With(("half \\ud83d", "1")));
        Assert.Equal("{\"half \\ud83d\":1}", landing.Rows[0]["_extra"]);
    }

    [Theory]
    [InlineData("\"a\"", "\"b\"", "b")]
    [InlineData("\"a\"", "null", null)]
    [InlineData("null", "\"longer than twelve bytes\"", "longer than twelve bytes")]
    [InlineData("{}", "\"b\"", "b")]
    [InlineData("\"a\"", "{}", null)]
    public void Of_a_key_that_comes_twice_the_last_value_counts(string first, string last, string? expected)
    {
        using var landing = engine.Land(EventLine.Of(("city", first), ("uuid", "\"1\""), ("city", last)));
        Assert.Equal(expected, landing.Rows[0]["city"]);
    }

    [Fact]
    public void Of_a_row_key_that_comes_twice_the_last_one_tells_rows_apart()
    {
        using var landing = engine.Land(
            EventLine.Of(("uuid", "\"a\""), ("uuid", "\"b\"")),
            EventLine.Of(("uuid", "\"a\""), ("uuid", "null")),
            EventLine.Of(("uuid", "\"a\""), ("uuid", "{}")),
            EventLine.Of(("uuid", "\"a\"")),
            EventLine.Of(("uuid", "\"b\""))
        );
        Assert.Equal(["b", null, null, "a"], landing.Rows.Select(row => row["uuid"]));
        Assert.Equal(1, landing.Tally.Duplicates);
    }

    private static readonly Comparer<object?> Texts = Comparer<object?>.Create(
        (left, right) => string.CompareOrdinal(right?.ToString(), left?.ToString())
    );

    private static IEnumerable<object?> Known(Waveguide.DuckDb.DuckDbRow row) =>
        row.Values.Take(EventsTable.Definition.Columns.Count);

    private static string ValueOf(string key)
    {
        using var ordinary = System.Text.Json.JsonDocument.Parse(EventLine.Ordinary);
        return ordinary.RootElement.GetProperty(key).GetRawText();
    }
}
