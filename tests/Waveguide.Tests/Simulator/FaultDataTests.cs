using System.IO.Compression;
using System.Text.Json;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class FaultDataTests
{
    private static readonly FaultRule AtNine = new()
    {
        Fault = FaultKind.Status,
        From = Exporter.Day.AddHours(9),
        Until = Exporter.Day.AddHours(10),
    };

    [Fact]
    public async Task A_bad_zip_CRC_leaves_the_gzip_whole()
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = FaultKind.BadZipCrc });
        using var zip = await exporter.ZipAsync();
        Assert.Equal([false, false, true], zip.Entries.Select(entry => entry.Crc32 != ActualCrc(entry)));
        Assert.Equal(6, zip.Entries.SelectMany(Exporter.Lines).Count());
    }

    [Fact]
    public async Task A_bad_gzip_CRC_leaves_the_zip_whole()
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = FaultKind.BadGzipCrc });
        using var zip = await exporter.ZipAsync();
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Crc32, ActualCrc(entry)));
        Assert.Throws<InvalidDataException>(() => Exporter.Lines(zip.Entries[2]).ToList());
    }

    [Fact]
    public async Task A_truncated_gzip_member_leaves_the_zip_whole()
    {
        await using var whole = await Exporter.StartAsync();
        using var expected = await whole.ZipAsync();
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = FaultKind.TruncatedGzip });
        using var zip = await exporter.ZipAsync();
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Crc32, ActualCrc(entry)));
        Assert.Equal(expected.Entries[2].Length * 3 / 5, zip.Entries[2].Length);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("C:\\x")]
    public async Task A_member_may_have_a_hostile_name(string name)
    {
        await using var exporter = await Exporter.StartAsync(
            AtNine with
            {
                Fault = FaultKind.HostileName,
                Name = name,
            }
        );
        using var zip = await exporter.ZipAsync();
        Assert.Contains(name, zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Before_2014_a_day_is_one_file()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.DayFile });
        using var zip = await exporter.ZipAsync();
        Assert.Equal("100000001/100000001_2025-07-09#0.json.gz", Assert.Single(zip.Entries).FullName);
        Assert.Equal(6, Exporter.Lines(zip.Entries[0]).Count());
    }

    [Fact]
    public async Task A_row_may_stand_in_two_files_of_an_hour()
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = FaultKind.DuplicateInShards });
        using var zip = await exporter.ZipAsync("20250709T09", "20250709T09");
        Assert.Equal(2, zip.Entries.Count);
        Assert.Equal(["9-a", "9-b", "9-a"], zip.Entries.SelectMany(Exporter.Lines).Select(Exporter.Uuid));
    }

    [Fact]
    public async Task A_row_may_stand_in_two_hours()
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = FaultKind.RepeatedInHours });
        var lines = await exporter.LinesAsync("20250709T09", "20250709T09");
        Assert.Equal(["8-a", "9-a", "9-b"], lines.Select(Exporter.Uuid));
    }

    [Theory]
    [InlineData(FaultKind.LateRows, 5)]
    [InlineData(FaultKind.LateHour, 4)]
    public async Task Rows_and_hours_may_come_late(FaultKind fault, int atFirst)
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = fault });
        Assert.Equal(atFirst, (await exporter.LinesAsync()).Count);
        Assert.Equal(6, (await exporter.LinesAsync()).Count);
    }

    [Fact]
    public async Task Each_hour_counts_its_own_reads()
    {
        await using var exporter = await Exporter.StartAsync(new FaultRule { Fault = FaultKind.LateRows, Times = 1 });
        Assert.Single(await exporter.LinesAsync("20250709T08", "20250709T08"));
        Assert.Equal(4, (await exporter.LinesAsync()).Count);
        Assert.Equal(6, (await exporter.LinesAsync()).Count);
    }

    [Theory]
    [InlineData(FaultKind.OldRows, "\"user_properties\":{\"path\":\"\\/a\"}")]
    [InlineData(FaultKind.UnknownKey, "\"new_key\":{\"since\":2031}")]
    [InlineData(FaultKind.NullTimes, "\"event_time\":null")]
    [InlineData(FaultKind.EmptyTimes, "\"event_time\":\"\"")]
    [InlineData(FaultKind.TextBooleans, "\"paying\":\"1\"")]
    [InlineData(FaultKind.BigNumbers, "\"amplitude_id\":9007199254740993")]
    [InlineData(FaultKind.EmptyPlaceholder, "\"initial_referrer\":\"EMPTY\"")]
    public async Task Rows_may_differ_from_the_usual_form(FaultKind fault, string found)
    {
        await using var exporter = await Exporter.StartAsync(AtNine with { Fault = fault });
        var lines = await exporter.LinesAsync();
        var changed = lines.Where(line => line.Contains(found, StringComparison.Ordinal)).ToList();
        Assert.Equal(
            fault is FaultKind.OldRows or FaultKind.UnknownKey ? ["9-a", "9-b"] : ["9-a"],
            changed.Select(Exporter.Uuid)
        );
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Generated_rows_become_old_rows_of_49_keys_in_differing_order()
    {
        var data = GeneratedTraffic.Create(
            new TrafficOptions { FromUtc = Exporter.Day, UntilUtc = Exporter.Day.AddDays(1) }
        );
        await using var exporter = await Exporter.StartAsync(
            data,
            options => options with { Faults = FaultScript.Of(new FaultRule { Fault = FaultKind.OldRows }) }
        );
        var rows = (await exporter.LinesAsync("20250709T12", "20250709T12")).ConvertAll(Keys);
        Assert.All(rows, keys => Assert.Equal(49, keys.Count));
        Assert.True(rows.Select(keys => keys[0]).Distinct().Count() > 5);
    }

    [Fact]
    public async Task A_line_may_not_be_JSON()
    {
        await using var exporter = await Exporter.StartAsync(
            AtNine with
            {
                Fault = FaultKind.InvalidLine,
                Text = "NaN}",
            }
        );
        var lines = await exporter.LinesAsync("20250709T09", "20250709T09");
        Assert.Equal("NaN}", lines[0]);
        Assert.Equal(["9-a", "9-b"], lines.Skip(1).Select(Exporter.Uuid));
    }

    private static List<string> Keys(string line)
    {
        using var row = JsonDocument.Parse(line);
        return [.. row.RootElement.EnumerateObject().Select(value => value.Name)];
    }

    private static uint ActualCrc(ZipArchiveEntry entry)
    {
        using var source = entry.Open();
        using var bytes = new MemoryStream();
        var crc = uint.MaxValue;
        source.CopyTo(bytes);
        foreach (var value in bytes.ToArray())
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }
        return ~crc;
    }
}
