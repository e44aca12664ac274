using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>How a part falls into lines.</summary>
public sealed class LineTests(ScanEngine engine) : IClassFixture<ScanEngine>
{
    [Theory]
    [InlineData("A\nB\n")]
    [InlineData("A\nB")]
    [InlineData("A\r\nB\r\n")]
    [InlineData("\n\nA\n \t\r\n\nB\n\n")]
    [InlineData("\uFEFFA\nB\n")]
    [InlineData(" A \n\tB\t")]
    public void Lines_are_found_however_they_end(string form)
    {
        var json = form.Replace("A", EventLine.Numbered(1)).Replace("B", EventLine.Numbered(2));
        using var landing = engine.Land(Encoding.UTF8.GetBytes(json));
        Assert.Equal([1L, 2L], landing.Rows.Select(row => row["event_id"]));
        Assert.Equal(0, landing.Tally.Rejected);
        Assert.Equal(Encoding.UTF8.GetByteCount(json), landing.Tally.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n \n")]
    [InlineData("\uFEFF")]
    public void A_part_without_rows_is_no_fault(string json)
    {
        using var landing = engine.Land(Encoding.UTF8.GetBytes(json));
        Assert.Empty(landing.Rows);
        Assert.Empty(landing.Scan.Content.Rejected);
    }

    [Fact]
    public void Blank_lines_count_in_the_numbers_and_places_of_lines()
    {
        using var landing = engine.Land(Encoding.UTF8.GetBytes("\n{}\r\n\nbad\n\n{}"));
        Assert.Equal([2L, 6L], landing.Rows.Select(row => row["_line"]));
        var rejected = Assert.Single(landing.Scan.Content.Rejected);
        Assert.Equal((4, 6), (rejected.Line, rejected.Offset));
    }

    [Fact]
    public void A_byte_order_mark_in_a_later_line_is_not_JSON()
    {
        using var landing = engine.Land("{}", "\uFEFF{}");
        Assert.Equal([(2L, "\uFEFF{}")], landing.RejectedText());
    }

    [Fact]
    public void Lines_of_every_length_around_the_buffers_sizes_land_whole()
    {
        int[] sizes =
        [
            .. Enumerable.Range(0, 130),
            4_095,
            4_096,
            4_097,
            262_143,
            786_432,
            1_048_575,
            1_048_576,
            3_000_000,
        ];
        using var landing = engine.Land(sizes.Select(size => EventLine.Of(("city", $"\"{new string('a', size)}\""))));
        Assert.Equal(sizes, landing.Rows.Select(row => ((string)row["city"]!).Length));
        Assert.All(landing.Rows, row => Assert.Equal(string.Empty, ((string)row["city"]!).Trim('a')));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(786_431)]
    [InlineData(1_048_543)]
    [InlineData(1_048_576)]
    [InlineData(2_000_000)]
    public void A_newline_stands_behind_a_line_in_memory_even_where_the_part_has_none(int size)
    {
        using var spool = new Spool().Add(0, $"{new string('x', 100_000)}\n{new string('x', size)}");
        using var lines = new LineReader(PartStream.Open(spool.Parts[0]));
        Assert.True(lines.TryRead(out _));
        Assert.True(lines.TryRead(out var last));
        Assert.Equal(size, last.Length);
        Assert.Equal('\n', (char)Unsafe.Add(ref MemoryMarshal.GetReference(last), last.Length));
        Assert.False(lines.TryRead(out _));
    }

    [Fact]
    public void A_line_of_fifty_megabytes_lands_whole_between_its_neighbours()
    {
        var text = new string('x', 50 << 20);
        using var landing = engine.Land(
            EventLine.Numbered(1),
            EventLine.With(("event_properties", $"{{\"long\":\"{text}\"}}"), ("uuid", "null")),
            EventLine.Numbered(3)
        );
        var lengths = landing.Query(
            "SELECT strlen(event_properties), hash(event_properties) FROM landed ORDER BY _line"
        );
        Assert.Equal(text.Length + 11L, lengths[1][0]);
        Assert.Equal(lengths[0][1], lengths[2][1]);
        Assert.Equal(text.Length, ((string)landing.Rows[1]["event_properties"]!).LastIndexOf('x') - 8);
    }

    [Fact]
    public void A_line_over_the_limit_is_put_aside_with_its_beginning_and_its_neighbours_land()
    {
        var line = new byte[(129 << 20) + 5];
        line.AsSpan().Fill((byte)'x');
        "{\"city\":\""u8.CopyTo(line);
        using var landing = engine.Land([.. "{}\n"u8, .. line, .. "\n{}\n"u8]);
        Assert.Equal([1L, 3L], landing.Rows.Select(row => row["_line"]));
        var rejected = Assert.Single(landing.Scan.Content.Rejected);
        Assert.Equal((2, 3, "longer than 128 MB"), (rejected.Line, rejected.Offset, rejected.Reason));
        Assert.Equal(line[..(1 << 20)], rejected.Raw);
        Assert.Equal(line.Length + 7, landing.Tally.Bytes);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Deep_nesting_is_accepted_where_it_is_closed_and_rejected_where_it_is_not(int depth)
    {
        var arrays = new string('[', depth) + new string(']', depth);
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        using var landing = engine.Land(
            EventLine.With(("event_properties", arrays), ("uuid", "null")),
            EventLine.With(("user_properties", objects), ("uuid", "null")),
            EventLine.With(("event_properties", arrays[..^1]), ("uuid", "null")),
            EventLine.With(("user_properties", objects[..^1] + "]"), ("uuid", "null")),
            new string('[', depth),
            EventLine.Ordinary
        );
        Assert.Equal([1L, 2L, 6L], landing.Rows.Select(row => row["_line"]));
        Assert.Equal(arrays, landing.Rows[0]["event_properties"]);
        Assert.Equal(objects, landing.Rows[1]["user_properties"]);
        Assert.Equal([3L, 4L, 5L], landing.Scan.Content.Rejected.Select(line => line.Line));
    }

    [Fact]
    public void All_members_of_a_gzip_file_are_read_even_where_they_part_a_line()
    {
        byte[] json = [.. Encoding.UTF8.GetBytes($"{EventLine.Numbered(1)}\n{EventLine.Numbered(2)}\n")];
        using var spool = new Spool().AddGzip(
            0,
            [.. Spool.Gzip(json.AsSpan(0, 100)), .. Spool.Gzip([]), .. Spool.Gzip(json.AsSpan(100))]
        );
        using var landing = new Landing(engine, spool);
        Assert.Equal([1L, 2L], landing.Rows.Select(row => row["event_id"]));
    }

    [Fact]
    public void A_part_that_changed_on_disk_fails_the_scan()
    {
        using var spool = new Spool().Add(EventLine.Ordinary);
        var bytes = File.ReadAllBytes(spool.Parts[0].Path);
        bytes[^6] ^= 1;
        File.WriteAllBytes(spool.Parts[0].Path, bytes);
        var error = Assert.Throws<SourceException>(() => new Landing(engine, spool));
        Assert.Equal(SourceFailure.Damaged, error.Failure);
    }

    [Fact]
    public void A_part_that_is_gone_from_the_disk_fails_the_scan_in_one_sentence()
    {
        using var spool = new Spool().Add(EventLine.Ordinary);
        File.Delete(spool.Parts[0].Path);
        var error = Assert.Throws<SourceException>(() => new Landing(engine, spool));
        Assert.Equal(SourceFailure.NoSpool, error.Failure);
        Assert.StartsWith("part-000.json.gz cannot be read from ", error.Message);
        Assert.Contains("load.spool", error.Hint, StringComparison.Ordinal);
    }
}
