using System.IO.Compression;
using System.Text;
using Waveguide.Cli;
using Waveguide.Simulator;

namespace Waveguide.Tests.Cli;

/// <summary>Amplitude's own export to a bucket as the source, by running the program on a folder with the same files.</summary>
public sealed class BucketTests
{
    private const string Settings = """
        source: {type: bucket, bucket: 'file:./export', app: 100000001, organisation: 42}
        start: 2025-07-10
        """;

    [Fact]
    public async Task The_same_files_give_the_same_rows_as_the_export_api_and_need_no_keys()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        shell.Environment.Remove("AMP_API_KEY");
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Contains("events done: 48 hours, 96 rows, 0 rejected", outcome.Flat);
        Assert.Empty(shell.Amplitude.Requests);
        Assert.Equal(
            "96,48",
            await shell.CellsAsync("select count(distinct uuid), count(distinct _upload_hour) from amplitude.events")
        );
        Assert.Contains("nothing to fetch in 48 hours", (await shell.RunAsync("sync")).Ended(ExitCode.Done).Flat);
    }

    [Fact]
    public async Task Where_there_are_markers_an_hour_without_its_own_is_not_delivered_yet()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        foreach (var hour in Enumerable.Range(0, 47))
        {
            Mark(shell, hour);
        }

        var first = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Contains("events done: 47 hours, 94 rows", first.Flat);
        Assert.Contains("1 missing", (await shell.RunAsync("status")).Out);
        Mark(shell, 47);
        Assert.Contains("events done: 1 hour, 2 rows", (await shell.RunAsync("sync")).Ended(ExitCode.Done).Flat);
    }

    [Fact]
    public async Task A_marker_tells_an_hour_without_data_from_one_that_has_not_come()
    {
        await using var shell = await StartAsync(new MemoryData());
        Mark(shell, 0);
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Contains("events done: 1 hour, 0 rows", outcome.Flat);
    }

    [Fact]
    public async Task Without_markers_an_hour_without_files_counts_as_empty_only_after_a_day()
    {
        var first = Shell.Now.Date.AddHours(-48);
        await using var shell = await StartAsync(new MemoryData().Add(first, 0, Shell.Row("a", first)));
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Contains("27 of 48 hours to fetch", outcome.Flat);
    }

    [Fact]
    public async Task A_file_that_comes_late_is_found_by_the_second_look()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        var hour = Shell.Now.Date.AddHours(-1);
        Write(shell, new MemoryData().Add(hour, 7, Shell.Row("late", hour)));
        shell.Clock = new ImpatientClock(Shell.Now.AddHours(26));
        var outcome = (await shell.RunAsync("sync --until 2025-07-12")).Ended(ExitCode.Done);
        Assert.Contains("1 hour replaced by other content", outcome.Flat);
        Assert.Equal("97", await shell.CellsAsync("select count(*) from amplitude.events"));
    }

    [Fact]
    public async Task A_file_that_is_cut_loads_nothing_of_its_hours_and_the_others_land()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        var path = Directory
            .EnumerateFiles(Path.Combine(shell.Folder, "export"), "*_2025-07-11_5#*", SearchOption.AllDirectories)
            .Single();
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^3]);
        var outcome = (await shell.RunAsync("sync")).Ended(ExitCode.SomeFailed);
        Assert.Contains(
            "has a damaged file, 100000001_2025-07-11_5#1.json.gz: its gzip checksum is wrong",
            outcome.Flat
        );
        Assert.Equal("48", await shell.CellsAsync("select count(*) from amplitude.events"));
        await File.WriteAllBytesAsync(
            path,
            Shell.TwoDays().Parts(new DateTime(2025, 7, 11, 5, 0, 0))[0].Gzip.ToArray()
        );
        (await shell.RunAsync("sync")).Ended(ExitCode.Done);
        Assert.Equal("96", await shell.CellsAsync("select count(*) from amplitude.events"));
    }

    [Fact]
    public async Task Merged_ids_land_hour_by_hour()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        var row =
            """{"scope":100000001,"merge_time":1752105600000,"merge_server_time":"2025-07-10 01:10:00.000000","amplitude_id":5,"merged_amplitude_id":4}""";
        var path = Path.Combine(shell.Folder, "export", "-42", "-42_2025-07-10_1.json.gz");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(row + "\n"));
        }

        (await shell.RunAsync("sync --table merged_ids --table events")).Ended(ExitCode.Done);
        Assert.Equal(
            "5,4,2025-07-10 01:10:00",
            await shell.CellsAsync(
                "select amplitude_id, merged_amplitude_id, merge_server_time from amplitude.merged_ids"
            )
        );
        Assert.Equal("96", await shell.CellsAsync("select count(*) from amplitude.events"));
    }

    [Fact]
    public async Task Check_tells_how_many_hours_have_come()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        Assert.Contains(
            "48 of the last 48 hours are delivered",
            (await shell.RunAsync("check")).Ended(ExitCode.Done).Flat
        );
        shell.WithFile("waveguide.yml", Settings.Replace("100000001", "7", StringComparison.Ordinal));
        var wrong = (await shell.RunAsync("check")).Ended(ExitCode.SomeFailed);
        Assert.Contains("holds no file of project 7", wrong.Flat);
    }

    [Fact]
    public async Task A_wrong_number_makes_no_hour_an_empty_one()
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        shell.WithFile("waveguide.yml", Settings.Replace("100000001", "7", StringComparison.Ordinal));
        Assert.Contains("holds no file of project 7", (await shell.RunAsync("sync")).Ended(ExitCode.SomeFailed).Flat);
        Assert.Equal("0", await shell.CellsAsync("select count(*) from waveguide.hours"));
    }

    [Theory]
    [InlineData("source: {type: bucket}", "source.bucket names none")]
    [InlineData(
        "source: {type: bucket, bucket: 'file:./export'}",
        "number of project default in the bucket is not set"
    )]
    [InlineData("source: {type: bucket, bucket: 'duckdb:x.duckdb', app: 1}", "is no bucket")]
    [InlineData("source: {type: bucket, bucket: 'filed:./export', app: 1}", "Did you mean")]
    [InlineData("source: {type: buckets}", "source.type")]
    public async Task What_is_missing_or_wrong_is_said(string settings, string said)
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        shell.WithFile("waveguide.yml", settings);
        Assert.Contains(said, (await shell.RunAsync("sync")).Ended(ExitCode.Usage).Flat);
    }

    [Theory]
    [InlineData("bucket", "cohorts", "a bucket has no cohorts")]
    [InlineData("api", "merged_ids", "comes only with Amplitude's export to a bucket")]
    public async Task A_table_that_the_source_does_not_have_is_refused(string type, string table, string said)
    {
        await using var shell = await StartAsync(Shell.TwoDays());
        shell.WithFile("waveguide.yml", Settings.Replace("type: bucket", $"type: {type}", StringComparison.Ordinal));
        Assert.Contains(said, (await shell.RunAsync($"sync --table {table}")).Ended(ExitCode.Usage).Flat);
    }

    private static async Task<Shell> StartAsync(MemoryData data)
    {
        var shell = await Shell.StartAsync();
        Write(shell.WithFile("waveguide.yml", Settings), data);
        return shell;
    }

    private static void Write(Shell shell, MemoryData data)
    {
        Directory.CreateDirectory(Path.Combine(shell.Folder, "export"));
        foreach (var hour in Enumerable.Range(0, 48).Select(hour => Shell.Now.Date.AddHours(hour - 48)))
        {
            foreach (var part in data.Parts(hour))
            {
                var path = Path.Combine(shell.Folder, "export", part.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, part.Gzip.ToArray());
            }
        }
    }

    private static void Mark(Shell shell, int hour)
    {
        var start = Shell.Now.Date.AddHours(hour - 48);
        var folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "export", "100000001"));
        File.WriteAllText(
            Path.Combine(folder.FullName, $"100000001_{start:yyyy-MM-dd}_{start.Hour}_complete"),
            string.Empty
        );
    }
}
