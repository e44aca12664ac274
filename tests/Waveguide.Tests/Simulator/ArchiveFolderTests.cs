using System.IO.Compression;
using Waveguide.Simulator;

namespace Waveguide.Tests.Simulator;

public sealed class ArchiveFolderTests
{
    private static readonly string RealData = Path.GetFullPath(Path.Combine(Repository.Root, "../shared/data"));

    private static string? Real(string archive) =>
        new[] { RealData, "/work/shared/data" }
            .Select(folder => Path.Combine(folder, archive))
            .FirstOrDefault(File.Exists);

    [Fact]
    public async Task A_real_half_day_is_served_byte_for_byte()
    {
        var path = Real("real-export-2025-07-09T00-T11.zip");
        Assert.SkipWhen(path is null, "The real export is not on this machine.");
        using var folder = new TemporaryFolder();
        File.Copy(path, folder.At("half-day.zip"));
        var real = await File.ReadAllBytesAsync(path);
        await using var exporter = await Exporter.StartAsync(
            new ArchiveFolder(folder.Path),
            options => options with { Clock = new ManualClock(new DateTime(2025, 7, 10, 13, 22, 22, DateTimeKind.Utc)) }
        );
        using var response = await exporter.GetAsync("20250709T00", "20250709T11");
        Assert.Equal(real, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void Names_with_a_double_slash_are_kept()
    {
        var path = Real("real-export-4-server-events.zip");
        Assert.SkipWhen(path is null, "The real export is not on this machine.");
        using var folder = new TemporaryFolder();
        File.Copy(path, folder.At("events.zip"));
        var data = new ArchiveFolder(folder.Path);
        var part = Assert.Single(data.Parts(data.FirstHour!.Value));
        Assert.Equal("434735//434735_2023-08-01_11#0.json.gz", part.Name);
        Assert.Equal(4, part.Events);
    }

    [Fact]
    public async Task A_damaged_file_is_served_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("7_2025-07-09_9#0.json.gz"), [1, 2, 3]);
        await using var exporter = await Exporter.StartAsync(new ArchiveFolder(folder.Path));
        using var zip = await exporter.ZipAsync();
        Assert.Equal(3, Assert.Single(zip.Entries).Length);
    }

    [Fact]
    public async Task A_damaged_archive_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("cut.zip"), [1, 2, 3]);
        var error = Assert.Throws<InvalidDataException>(() => new ArchiveFolder(folder.Path));
        Assert.Contains("cut.zip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_data_itself_is_told()
    {
        await using var exporter = await Exporter.StartAsync(new BrokenData());
        using var response = await exporter.GetAsync("20250709T08", "20250709T08");
        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains("The disk is gone.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(500, exporter.Amplitude.Requests[0].Status);
    }

    [Fact]
    public void Loose_files_and_archives_are_found_by_the_hour_in_their_names()
    {
        using var folder = new TemporaryFolder();
        var part = Exporter.ThreeHours().Parts(Exporter.Day.AddHours(9))[0];
        File.WriteAllBytes(folder.At("7_2025-07-09_9#70.json.gz"), part.Gzip.ToArray());
        File.WriteAllBytes(folder.At("readme.json.gz"), [1]);
        using (var zip = ZipFile.Open(folder.At("b.zip"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("7/7_2025-07-10_0#0.json.gz").Open();
            entry.Write(part.Gzip.Span);
        }
        var data = new ArchiveFolder(folder.Path);
        Assert.Equal(Exporter.Day.AddHours(9), data.FirstHour);
        Assert.Equal(Exporter.Day.AddHours(24), data.LastHour);
        var loose = Assert.Single(data.Parts(Exporter.Day.AddHours(9)));
        Assert.Equal("7/7_2025-07-09_9#70.json.gz", loose.Name);
        Assert.Equal(part.Gzip.ToArray(), loose.Gzip.ToArray());
        Assert.Equal((part.JsonBytes, part.Events), (loose.JsonBytes, loose.Events));
    }

    private sealed class BrokenData : IExportData
    {
        public DateTime? FirstHour => Exporter.Day;

        public DateTime? LastHour => Exporter.Day.AddDays(1);

        public IReadOnlyList<ExportPart> Parts(DateTime hourUtc) => throw new IOException("The disk is gone.");
    }
}
