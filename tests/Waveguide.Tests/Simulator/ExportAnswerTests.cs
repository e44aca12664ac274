using System.Buffers.Binary;
using System.IO.Compression;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class ExportAnswerTests
{
    [Fact]
    public async Task Both_ends_of_the_window_are_included()
    {
        await using var exporter = await Exporter.StartAsync();
        var lines = await exporter.LinesAsync("20250709T08", "20250709T9");
        Assert.Equal(["8-a", "8-b", "9-a", "9-b"], lines.Select(Exporter.Uuid));
    }

    [Fact]
    public async Task Members_are_stored_with_sizes_in_data_descriptors_and_hours_unpadded_in_text_order()
    {
        await using var exporter = await Exporter.StartAsync();
        using var response = await exporter.GetAsync("20250709T08", "20250709T10");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["10", "8", "9"], zip.Entries.Select(entry => entry.FullName.Split('_')[2].Split('#')[0]));
        Assert.Equal("100000001/100000001_2025-07-09_10#627.json.gz", zip.Entries[0].FullName);
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal(8, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)));
        Assert.Equal(new byte[12], bytes[14..26]);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task Every_style_of_archive_is_whole(bool deflated, bool zip64, bool chunked)
    {
        var style = new ArchiveStyle
        {
            Deflated = deflated,
            Zip64 = zip64,
            Chunked = chunked,
            DirectoryEntry = true,
        };
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { Style = style }
        );
        using var response = await exporter.GetAsync("20250709T08", "20250709T10");
        Assert.Equal(chunked, response.Content.Headers.ContentLength is null);
        using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        Assert.Equal("100000001/", zip.Entries[0].FullName);
        Assert.Equal(6, zip.Entries.Skip(1).SelectMany(Exporter.Lines).Count());
    }

    [Fact]
    public async Task Hours_can_come_in_order_of_time()
    {
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { Style = new ArchiveStyle { HoursInOrder = true } }
        );
        var lines = await exporter.LinesAsync();
        Assert.Equal(["8-a", "8-b", "9-a", "9-b", "10-a", "10-b"], lines.Select(Exporter.Uuid));
    }

    [Fact]
    public async Task A_window_without_rows_is_not_found()
    {
        await using var exporter = await Exporter.StartAsync();
        using var response = await exporter.GetAsync("20250710T00", "20250710T23");
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("Raw data files were not found.", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("2025-07-09", "20250709T10")]
    [InlineData("", "20250709T10")]
    [InlineData("20250709T08", "20250709T24")]
    [InlineData("20250709T08", "20250709T07")]
    [InlineData("20240101T00", "20250101T00")]
    public async Task A_window_of_bad_form_backwards_or_over_a_year_is_refused(string start, string end)
    {
        await using var exporter = await Exporter.StartAsync();
        using var response = await exporter.GetAsync(start, end);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_whole_year_is_allowed()
    {
        await using var exporter = await Exporter.StartAsync();
        Assert.Equal(6, (await exporter.LinesAsync("20240801T00", "20250731T23")).Count);
    }

    [Fact]
    public async Task An_hour_is_there_three_hours_after_its_start()
    {
        var clock = new ManualClock(Exporter.Day.AddHours(10).AddMinutes(59));
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { Clock = clock }
        );
        using var early = await exporter.GetAsync("20250709T08", "20250709T08");
        Assert.Equal(404, (int)early.StatusCode);
        clock.Now = Exporter.Day.AddHours(11);
        Assert.Equal(2, (await exporter.LinesAsync()).Count);
        clock.Now = Exporter.Day.AddHours(13);
        Assert.Equal(6, (await exporter.LinesAsync()).Count);
    }

    [Fact]
    public async Task A_partial_hour_grows()
    {
        var clock = new ManualClock(Exporter.Day.AddHours(10).AddMinutes(0));
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { Clock = clock, PartialHours = true }
        );
        Assert.Equal(["8-a"], (await exporter.LinesAsync()).Select(Exporter.Uuid));
        clock.Now = Exporter.Day.AddHours(11);
        Assert.Equal(["8-a", "8-b", "9-a"], (await exporter.LinesAsync()).Select(Exporter.Uuid));
    }

    [Fact]
    public async Task More_JSON_than_the_size_limit_is_a_400_and_than_the_slow_limit_a_504()
    {
        await using var exporter = await Exporter.StartAsync(
            Exporter.ThreeHours(),
            options => options with { SizeLimitBytes = 1_000, SlowLimitBytes = 600 }
        );
        using var all = await exporter.GetAsync("20250709T08", "20250709T10");
        using var two = await exporter.GetAsync("20250709T08", "20250709T09");
        using var one = await exporter.GetAsync("20250709T08", "20250709T08");
        Assert.Equal([400, 504, 200], [(int)all.StatusCode, (int)two.StatusCode, (int)one.StatusCode]);
    }
}
