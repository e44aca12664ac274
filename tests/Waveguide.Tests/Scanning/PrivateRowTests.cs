using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Waveguide.Amplitude;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>What is private is taken out of a line before it becomes a row.</summary>
public sealed class PrivateRowTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    private const string Digits = "6b1f0c5d2e7a49886b1f0c5d2e7a49886b1f0c5d2e7a49886b1f0c5d2e7a4988";

    private static readonly PrivacyKey Key = PrivacyKey.Of(Digits)!;

    [Fact]
    public void A_hash_is_the_HMAC_that_any_other_tool_gives()
    {
        // printf %s 203.0.113.77 | openssl dgst -sha256 -hmac Digits
        Assert.Equal("3ed3d11a22bd27b44d24e15ee1083783bbb7a9c77c2a0bf747d81f9a4ff3033c", Key.Hash("203.0.113.77"u8));
        Assert.Equal("***", Key.ToString());
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0")]
    [InlineData("2001:DB8:1:2::3", "2001:DB8:1::")]
    [InlineData("2001:db8::3", null)]
    [InlineData("::1", null)]
    [InlineData("::ffff:203.0.113.77", null)]
    [InlineData("not an address", null)]
    [InlineData("", null)]
    public void A_truncated_address_is_its_network(string address, string? kept) =>
        Assert.Equal(kept, Value(With(PrivateForm.Truncate), "ip_address", ("ip_address", $"\"{address}\"")));

    [Fact]
    public void A_hashed_address_is_its_hash_and_a_dropped_one_is_nothing()
    {
        var address = ("ip_address", "\"203.0.113.77\"");
        Assert.Equal(Key.Hash("203.0.113.77"u8), Value(With(PrivateForm.Hmac), "ip_address", address));
        Assert.Null(Value(With(PrivateForm.Drop), "ip_address", address));
        Assert.Equal("203.0.113.77", Value(With(PrivateForm.Keep), "ip_address", address));
        Assert.Null(Value(With(PrivateForm.Hmac), "ip_address", ("ip_address", "null")));
    }

    [Theory]
    [InlineData("\"ann@example.com\"", "ann@example.com")]
    [InlineData("\"ann\\u0040example.com\"", "ann@example.com")]
    [InlineData("4711123", "4711123")]
    [InlineData("true", "true")]
    public void The_text_that_would_have_landed_is_what_is_hashed(string json, string text) =>
        Assert.Equal(Key.Hash(Encoding.UTF8.GetBytes(text)), Value(Hashed("user_id"), "user_id", ("user_id", json)));

    [Fact]
    public void A_dropped_column_is_null_whatever_its_type_and_form()
    {
        var dropped = new Privacy
        {
            Drop = ["user_id", "amplitude_id", "user_properties", "paying", "event_time", "location_lat"],
        };
        var row = Row(dropped, ("user_id", "{\"a\":1}"), ("paying", "\"secretly\""), ("amplitude_id", "\"no number\""));
        Assert.All(dropped.Drop, column => Assert.Null(row[column]));
        Assert.Null(row["_extra"]);
    }

    [Theory]
    [InlineData("\"203.0.113.77\"", "\"HASH\"")]
    [InlineData(
        "{\"a\":[{\"203.0.113.77\":\"by 203.0.113.77, 1203.0.113.775\"}]}",
        "{\"a\":[{\"HASH\":\"by HASH, 1203.0.113.775\"}]}"
    )]
    [InlineData("\"\\u0032\\u00303.0.113.77\\\"\"", "\"HASH\\\"\"")]
    [InlineData("\"{\\\"ip\\\":\\\"203.0.113.77\\\"}\"", "\"{\\\"ip\\\":\\\"HASH\\\"}\"")]
    [InlineData("[1, 2.5e3, null, \"203.0.113.7\"]", "[1, 2.5e3, null, \"203.0.113.7\"]")]
    public void An_address_shows_nowhere_else_in_its_row(string json, string kept)
    {
        var row = Row(
            With(PrivateForm.Hmac),
            ("event_properties", json),
            ("ip_address", "\"203.0.113.77\""),
            ("user_properties", json),
            ("city", json),
            ("from nowhere", json)
        );
        var expected = kept.Replace("HASH", Key.Hash("203.0.113.77"u8), StringComparison.Ordinal);
        Assert.Equal(expected, row["event_properties"]);
        Assert.Equal(expected, row["user_properties"]);
        Assert.Contains($"\"from nowhere\":{expected}", (string)row["_extra"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.77\"", (string?)row["city"] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_are_found_in_other_letters_and_in_addresses_of_the_web()
    {
        var row = Row(
            Hashed("user_id"),
            ("user_id", "\"Ann@Example.com\""),
            (
                "event_properties",
                "{\"a\":\"ann@example.com\",\"b\":\"/?u=ann%40example.com&v=1\",\"c\":\"joann@example.com\"}"
            )
        );
        var hash = Key.Hash("Ann@Example.com"u8);
        Assert.Equal(
            $"{{\"a\":\"{hash}\",\"b\":\"/?u={hash}&v=1\",\"c\":\"joann@example.com\"}}",
            row["event_properties"]
        );
    }

    [Fact]
    public void Numbers_are_copies_too_and_short_ids_have_none()
    {
        var properties = ("event_properties", "{\"id\":4711123,\"count\":42}");
        var hash = Key.Hash("4711123"u8);
        Assert.Equal(
            $"{{\"id\":\"{hash}\",\"count\":42}}",
            Row(Hashed("user_id"), ("user_id", "\"4711123\""), properties)["event_properties"]
        );
        Assert.Equal(
            "{\"id\":4711123,\"count\":42}",
            Row(Hashed("user_id"), ("user_id", "\"42\""), properties)["event_properties"]
        );
    }

    [Fact]
    public void What_is_only_dropped_leaves_other_texts_alone()
    {
        var row = Row(
            new Privacy { Drop = ["city"] },
            ("city", "\"London\""),
            ("event_properties", "{\"title\":\"London events\"}")
        );
        Assert.Equal("{\"title\":\"London events\"}", row["event_properties"]);
    }

    [Fact]
    public void A_key_said_twice_is_hidden_twice()
    {
        const string Line =
            """{"uuid":"u","ip_address":"203.0.113.77","ip_address":"198.51.100.8","x":["203.0.113.77","198.51.100.8"]}""";
        using var landing = Land(With(PrivateForm.Drop), Line);
        Assert.Null(landing.Rows[0]["ip_address"]);
        Assert.Equal("""{"x":["",""]}""", landing.Rows[0]["_extra"]);
    }

    [Fact]
    public void A_rejected_line_keeps_its_shape_and_none_of_its_words()
    {
        using var landing = Land(
            With(PrivateForm.Drop),
            EventLine.Ordinary,
            """{"ip_address":"203.0.113.77", größe}"""
        );
        Assert.Equal([(2, """{"xx_xxxxxxx":"000.0.000.00", xxxxxxx}""")], landing.RejectedText());
        Assert.Equal("not JSON at byte 30", landing.Scan.Content.Rejected[0].Reason);
    }

    [Fact]
    public void Rows_and_fingerprint_are_those_of_what_Amplitude_gave()
    {
        string[] lines =
        [
            EventLine.Numbered(1),
            EventLine.Numbered(2),
            EventLine.Numbered(1),
            "{\"ip_address\":\"203.0.113.77\"}",
            "no",
        ];
        using var open = engine.Land(lines);
        using var hidden = Land(Hashed("user_id") with { Address = PrivateForm.Drop }, lines);
        Assert.Equal(open.Fingerprint, hidden.Fingerprint);
        Assert.Equal(open.Tally, hidden.Tally);
    }

    [Fact]
    public void Whatever_the_line_everything_else_of_it_lands_as_before()
    {
        var lines = JsonDice.Line.ArrayOf(100).ToArbitrary();
        Prop.ForAll(lines, AssertRestIsKept).Check(Config.QuickThrowOnFailure.WithMaxTest(6).WithEndSize(60));
    }

    private void AssertRestIsKept(string[] lines)
    {
        string[] dropped = ["user_id", "event_time"];
        using var open = engine.Land(lines);
        using var hidden = Land(new Privacy { Drop = dropped }, lines);
        Assert.Equal(open.Rows.Count, hidden.Rows.Count);
        foreach (var (was, now) in open.Rows.Zip(hidden.Rows))
        {
            var extra = (string?)was["_extra"] ?? "";
            var isMisfit = dropped.Any(column => extra.Contains(column, StringComparison.Ordinal));
            var same = LandedColumns
                .Of(EventsTable.Definition)
                .Select(column => column.Name)
                .Except([.. dropped, isMisfit ? "_extra" : ""]);
            Assert.All(same, column => Assert.Equal(was[column], now[column]));
            Assert.All(dropped, column => Assert.Null(now[column]));
        }
    }

    private static Privacy With(PrivateForm address) => new() { Address = address, Key = Key };

    private static Privacy Hashed(string column) => new() { Hash = [column], Key = Key };

    private object? Value(Privacy privacy, string column, params (string Key, string Json)[] values) =>
        Row(privacy, values)[column];

    private DuckDbRow Row(Privacy privacy, params (string Key, string Json)[] values)
    {
        using var landing = Land(privacy, EventLine.With(values));
        return Assert.Single(landing.Rows);
    }

    private Landing Land(Privacy privacy, params IEnumerable<string> lines) =>
        new(engine, new Spool().Add(lines), privacy: privacy);
}
