using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

public sealed class DuplicateTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Fact]
    public void A_row_that_comes_three_times_in_a_part_lands_once()
    {
        using var landing = engine.Land(
            EventLine.Numbered(1),
            EventLine.Numbered(2),
            EventLine.Numbered(1),
            EventLine.Numbered(1)
        );
        Assert.Equal([1L, 2L], landing.Rows.Select(row => row["_line"]));
        Assert.Equal((2, 2), (landing.Tally.Rows, landing.Tally.Duplicates));
    }

    [Fact]
    public void The_first_row_by_part_and_line_is_the_one_that_lands()
    {
        using var spool = new Spool()
            .Add("{}", EventLine.With(("city", "\"first\"")))
            .Add(EventLine.With(("city", "\"second\"")), EventLine.With(("city", "\"third\"")));
        using var landing = new Landing(engine, spool);
        Assert.Equal("first", Assert.Single(landing.Rows, row => row["uuid"] is not null)["city"]);
    }

    [Fact]
    public void One_key_in_many_hours_is_a_row_in_each()
    {
        const int hours = 6;
        using var spool = new Spool();
        for (var hour = 0; hour < hours; hour++)
        {
            spool.Add(hour, EventLine.Ordinary);
        }

        using var landing = new Landing(engine, spool);
        Assert.Equal((hours, 0), (landing.Tally.Rows, landing.Tally.Duplicates));
        Assert.Equal(1, landing.Scan.Content[Spool.FirstHour.AddHours(hours - 1)].Tally.Rows);
    }

    [Theory]
    [InlineData("\"EC5C7CD3-f907-47b4-a398-1d01eaffcb63\"")]
    [InlineData("\"ec5c7cd3-f907-47b4-a398-1d01eaffcb64\"")]
    [InlineData("\"ec5c7cd3f90747b4a3981d01eaffcb63\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("5")]
    public void Another_or_no_key_is_another_row(string uuid)
    {
        using var landing = engine.Land(EventLine.Ordinary, EventLine.With(("uuid", uuid)));
        Assert.Equal((2, 0), (landing.Tally.Rows, landing.Tally.Duplicates));
    }

    [Fact]
    public void Rows_without_a_key_are_never_taken_for_one_another()
    {
        using var landing = engine.Land("{}", "{}", "{\"uuid\":null}", "{\"uuid\":[]}", "{\"uuid\":[]}");
        Assert.Equal((5, 0), (landing.Tally.Rows, landing.Tally.Duplicates));
    }

    [Fact]
    public void The_same_key_written_with_escapes_is_the_same_row()
    {
        using var landing = engine.Land(EventLine.WithUuid("a\u00e9"), EventLine.WithUuid("\\u0061\\u00e9"));
        Assert.Equal((1, 1), (landing.Tally.Rows, landing.Tally.Duplicates));
    }

    [Fact]
    public void Of_parts_read_by_several_threads_exactly_the_first_rows_stay()
    {
        var dice = new Random(7);
        var parts = Enumerable
            .Range(0, 40)
            .Select(_ => Enumerable.Range(0, dice.Next(1, 300)).Select(_ => dice.Next(2_000)).ToArray())
            .ToArray();
        using var spool = new Spool();
        for (var part = 0; part < parts.Length; part++)
        {
            spool.Add(part / 2, string.Concat(parts[part].Select(number => Mended(number) + "\n")));
        }

        using var landing = new Landing(engine, spool);
        var expected = parts
            .SelectMany((numbers, part) => numbers.Select((number, line) => (number, part, line: line + 1L)))
            .DistinctBy(row => (row.part / 2, row.number))
            .ToList();
        Assert.Equal(
            expected.Select(row => (object)((long)row.number, $"part-{row.part:d3}.json.gz", row.line)),
            landing.Rows.Select(row => (object)((long)row["event_id"]!, (string)row["_part"]!, (long)row["_line"]!))
        );
        Assert.Equal(
            new HourTally(
                expected.Count,
                0,
                expected.Count(row => row.number % 3 == 0),
                parts.Sum(numbers => numbers.Length) - expected.Count,
                landing.Tally.Bytes
            ),
            landing.Tally
        );
        AssertHours(landing, expected);
    }

    [Fact]
    public void Whatever_the_order_of_arrival_the_filter_keeps_the_first_of_each_key()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var dice = new Random(seed);
            var rows = Enumerable
                .Range(1, 300)
                .Select(line => (Key: (UInt128)(ulong)dice.Next(40), Line: line))
                .ToArray();
            var first = rows.DistinctBy(row => row.Key).Select(row => row.Line).ToHashSet();
            dice.Shuffle(rows);
            var filter = new DuplicateFilter();
            var kept = new HashSet<int>();
            foreach (var (key, line) in rows)
            {
                if (filter.IsFirst(key, new RowPlace(3, line, isRepaired: line % 2 == 0), out var displaced))
                {
                    kept.Add(line);
                }

                if (displaced is { } later)
                {
                    Assert.Equal((3, later.Line % 2 == 0), (later.Part, later.IsRepaired));
                    Assert.True(kept.Remove((int)later.Line));
                }
            }

            Assert.Equal(first, kept);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void However_many_keys_come_the_filter_tells_them_apart_and_forgets_them(bool alike)
    {
        var dice = new Random(11);
        UInt128[] keys = [.. Enumerable.Range(0, alike ? 3_000 : 150_000).Select(_ => Key(dice, alike))];
        var filter = new DuplicateFilter();
        for (var use = 0; use < 2; use++)
        {
            Assert.All(keys, (key, at) => Assert.True(filter.IsFirst(key, Place(at), out _)));
            Assert.All(keys, (key, at) => Assert.False(filter.IsFirst(key, Place(at), out _)));
            filter.Clear();
        }

        static RowPlace Place(int at) => new(part: 1, line: at + 1, isRepaired: false);
    }

    /// <param name="alike">Whether all but the lowest bits of what <see cref="RowKey.Spread"/> makes of it are the same.</param>
    private static UInt128 Key(Random dice, bool alike)
    {
        var spread = alike ? (ulong)dice.Next() : (ulong)dice.NextInt64();
        var high = alike ? 0 : (ulong)dice.NextInt64();
        var low = Unmix(spread) ^ high;
        var key = new UInt128(Unmix(high) ^ low, Unmix(low) ^ 0x9E3779B97F4A7C15);
        Assert.Equal(new UInt128(high, spread), RowKey.Spread(key));
        return key;
    }

    private static ulong Unmix(ulong value)
    {
        value = Unshift(value, 31) * Inverse(0x94D049BB133111EB);
        value = Unshift(value, 27) * Inverse(0xBF58476D1CE4E5B9);
        return Unshift(value, 30);
    }

    private static ulong Unshift(ulong value, int bits) => value ^ (value >> bits) ^ (value >> (2 * bits));

    /// <summary>By which a product with the odd factor is multiplied to be without it, modulo 2^64.</summary>
    private static ulong Inverse(ulong factor)
    {
        var inverse = factor;
        for (var correctBits = 3; correctBits < 64; correctBits *= 2)
        {
            inverse *= 2 - (factor * inverse);
        }

        return inverse;
    }

    private static string Mended(int number) =>
        EventLine.With(
            ("uuid", $"\"{number:x8}-f907-47b4-a398-1d01eaffcb63\""),
            ("event_id", $"{number}"),
            ("paying", number % 3 == 0 ? "\"?\"" : "true")
        );

    private static void AssertHours(Landing landing, List<(int Number, int Part, long Line)> expected)
    {
        foreach (var hour in expected.GroupBy(row => row.Part / 2))
        {
            Assert.Equal(hour.Count(), landing.Scan.Content[Spool.FirstHour.AddHours(hour.Key)].Tally.Rows);
        }
    }
}
