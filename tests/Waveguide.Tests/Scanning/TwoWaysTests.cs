using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Waveguide.DuckDb;
using Waveguide.Simulator;
using Waveguide.Tests.Fuzz;

namespace Waveguide.Tests.Scanning;

/// <summary>The short way and the way by the book agree on every line that the short way takes.</summary>
public sealed class TwoWaysTests
{
    [Fact]
    public void Ordinary_lines_are_all_read_the_short_way()
    {
        var lines = Generated().Take(500).Append(Encoding.UTF8.GetBytes(EventLine.Ordinary)).ToList();
        Assert.Equal(lines.Count, TakenShortWay(lines));
    }

    [Theory]
    [InlineData("{\"uuid\":\"a\"}", true)]
    [InlineData("{\"app\":\"text\",\"event_time\":\"\",\"paying\":\"1\",\"uuid\":{}}", true)]
    [InlineData("{\"city\":\"Bogot\\u00e1\",\"uuid\":7}", true)]
    [InlineData("{\"uuid\":\"a\",\"city\":\"b\"}", false)]
    [InlineData("{\"city\":\"a\",\"city\":\"b\"}", false)]
    [InlineData("{\"new\":1}", false)]
    [InlineData("{\"uuid\": \"a\"}", false)]
    [InlineData("{\"data\":{\"a\": 1}}", false)]
    [InlineData("{}", false)]
    [InlineData("{\"uuid\":\"a\"", false)]
    [InlineData("{\"uuid\":\"a\"}}", false)]
    [InlineData("{\"uuid\":\"a\",}", false)]
    [InlineData("{\"app\":01}", false)]
    [InlineData("{\"data\":[1,]}", false)]
    [InlineData("{\"data\":[1}}", false)]
    [InlineData("{\"data\":{\"a\":[1}]}", false)]
    [InlineData("{\"data\":{\"a\"}}", false)]
    [InlineData("{\"data\":{\"a\":1,}}", false)]
    [InlineData("{\"data\":{1:1}}", false)]
    [InlineData("{\"data\":\"\\u123g\"}", false)]
    [InlineData("{\"data\":\"\\u12g4\"}", false)]
    [InlineData("{\"data\":\"\\u1g34\"}", false)]
    [InlineData("{\"data\":\"\\ug234\"}", false)]
    [InlineData("{\"data\":\"\\u123\"}", false)]
    [InlineData("{\"data\":\"\\u12aF\\\\\\\"\"}", true)]
    [InlineData("{\"data\":[[],{},[{}],\"\",-0.5e+7,null]}", true)]
    [InlineData("{\"data\":{\"a\":\"\\x\"}}", false)]
    [InlineData("", false)]
    public void What_the_short_way_takes_is_known(string line, bool isTaken) =>
        Assert.Equal(isTaken ? 1 : 0, TakenShortWay([Encoding.UTF8.GetBytes(line)]));

    [Fact]
    public void Both_agree_on_lines_with_random_damage()
    {
        var dice = new Random(11);
        var sound = Generated().Take(150).Append(Encoding.UTF8.GetBytes(EventLine.Ordinary)).ToArray();
        List<byte[]> lines =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => Damaged(sound[dice.Next(sound.Length)], dice)),
        ];
        Assert.InRange(TakenShortWay(lines), lines.Count / 5, lines.Count);
    }

    [Fact]
    public void Both_agree_on_a_line_cut_anywhere()
    {
        var line = Generated().First();
        Assert.Equal(1, TakenShortWay([.. Enumerable.Range(1, line.Length).Select(length => line[..length])]));
    }

    [Fact]
    public void Both_agree_on_random_objects_in_compact_form()
    {
        var lines = JsonDice.OrderedLine.ArrayOf(100).ToArbitrary();
        Prop.ForAll(lines, made => TakenShortWay([.. made.Select(Encoding.UTF8.GetBytes)]) > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10).WithEndSize(60));
    }

    [Fact]
    public void Both_agree_on_every_file_of_the_JSON_test_suite()
    {
        List<byte[]> lines =
        [
            .. SampleTests
                .Suite()
                .Select(File.ReadAllBytes)
                .Where(file => !file.Contains((byte)'\n'))
                .SelectMany(file =>
                    new byte[][]
                    {
                        file,
                        [.. "{\"event_properties\":"u8, .. file, .. "}"u8],
                        [.. "{\"event_properties\":{\"a\":[1,"u8, .. file, .. "]},\"uuid\":\"a\"}"u8],
                        [
                            .. "{\"app\":"u8,
                            .. file,
                            .. ",\"event_time\":"u8,
                            .. file,
                            .. ",\"uuid\":"u8,
                            .. file,
                            .. "}"u8,
                        ],
                    }
                ),
        ];
        Assert.InRange(TakenShortWay(lines), 100, lines.Count);
    }

    /// <returns>How many lines the short way took; the others it left to the other.</returns>
    private static int TakenShortWay(IReadOnlyList<byte[]> lines)
    {
        using var database = DuckDbDatabase.Open(new DuckDbOptions { Threads = 1 });
        using var connection = database.Connect();
        connection.Register(new PathFunction("short_way", lines, isOrdinary: true));
        connection.Register(new PathFunction("by_the_book", lines, isOrdinary: false));
        using var other = database.Connect();
        using var shortWay = connection.Query("FROM short_way()");
        using var byTheBook = other.Query("FROM by_the_book()");
        var taken = 0;
        foreach (var (left, right, line) in shortWay.Rows().Zip(byTheBook.Rows(), lines))
        {
            if (!((string)left["_outcome"]!).Contains(PathFunction.Left, StringComparison.Ordinal))
            {
                taken++;
                Assert.True(
                    left.Values.SequenceEqual(right.Values),
                    $"The two ways differ in {Encoding.Latin1.GetString(line)}"
                );
            }
        }

        return taken;
    }

    private static byte[] Damaged(byte[] line, Random dice) =>
        [.. Damage.Of(line, dice).Where(letter => letter != '\n').DefaultIfEmpty((byte)' ')];

    private static IEnumerable<byte[]> Generated()
    {
        var noon = new DateTime(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);
        var traffic = GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = noon,
                UntilUtc = noon.AddHours(1),
                EventsPerDay = 10_000,
            }
        );
        foreach (var part in traffic.Parts(noon))
        {
            using var gzip = new GZipStream(new MemoryStream(part.Gzip.ToArray()), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            while (reader.ReadLine() is { } line)
            {
                yield return Encoding.UTF8.GetBytes(line);
            }
        }
    }
}
