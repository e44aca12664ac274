using System.IO.Compression;

namespace Waveguide.Tests.Amplitude;

/// <summary>Files of other projects, and two real exports, where they are at hand.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly Archives _archives = new();

    [Fact]
    public async Task Strange_archives_are_neither_believed_nor_a_reason_to_fall_over()
    {
        foreach (var path in Files("zip"))
        {
            Assert.NotNull(await _archives.FaultAsync(await File.ReadAllBytesAsync(path)));
        }
    }

    [Fact]
    public void A_directory_is_read_as_the_base_library_reads_it_or_refused()
    {
        var read = 0;
        foreach (var path in Files("zip").Where(path => Path.GetExtension(path) == ".zip"))
        {
            try
            {
                var mine = _archives.Directory(File.ReadAllBytes(path));
                using var zip = ZipFile.OpenRead(path);
                Assert.Equal(zip.Entries.Select(entry => entry.Length), mine.Select(entry => entry.Length));
                read++;
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }

        Assert.InRange(read, 10, 100);
    }

    [Fact]
    public async Task Strange_gzip_files_are_read_as_the_base_library_reads_them_or_refused()
    {
        foreach (var path in Files("gzip"))
        {
            var gzip = await File.ReadAllBytesAsync(path);
            var zip = await Archives.ZipAsync([Archives.Member(Archives.Name(4), gzip)]);
            if (await _archives.FaultAsync(zip) is null)
            {
                using var plain = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
                using var expected = new MemoryStream();
                await plain.CopyToAsync(expected);
                var part = Assert.Single(await _archives.VerifyAsync(zip));
                Assert.Equal(expected.ToArray(), Desk.Content(part));
            }
            else
            {
                Assert.Equal("empty.gz", Path.GetFileName(path));
            }
        }
    }

    [Fact]
    public async Task A_real_half_day_loads_whole()
    {
        var parts = await _archives.VerifyAsync(
            await File.ReadAllBytesAsync(Samples.Find("real-export-2025-07-09T00-T11.zip"))
        );
        Assert.Equal(Enumerable.Range(0, 12), parts.Select(part => part.Hour.Start.Hour));
        Assert.Equal(457, parts.Sum(part => Desk.Lines(part).Length));
    }

    [Fact]
    public async Task A_real_export_with_a_double_slash_is_of_its_own_day()
    {
        var zip = await File.ReadAllBytesAsync(Samples.Find("real-export-4-server-events.zip"));
        Assert.Equal("434735//434735_2023-08-01_11#0.json.gz", Assert.Single(_archives.Directory(zip)).Name);
        Assert.Contains("which was not asked for", await _archives.FaultAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_export_with_a_byte_changed_anywhere_in_its_tail_is_found_or_unchanged()
    {
        var zip = await File.ReadAllBytesAsync(Samples.Find("real-export-2025-07-09T00-T11.zip"));
        var whole = await DigestAsync(zip);
        for (var at = zip.Length - 300; at < zip.Length; at += 2)
        {
            zip[at] ^= 0x11;
            Assert.True(await _archives.FaultAsync(zip) is not null || whole == await DigestAsync(zip));
            zip[at] ^= 0x11;
        }
    }

    public void Dispose() => _archives.Dispose();

    private async Task<string> DigestAsync(byte[] zip) =>
        string.Join(' ', (await _archives.VerifyAsync(zip)).Select(part => $"{part.Name} {part.Sha256}"));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Samples.Find(folder), "*", SearchOption.AllDirectories).Order();
}
