using System.Buffers.Binary;
using Waveguide.Simulator.Archive;

namespace Waveguide.Tests.Amplitude;

public sealed class ExportArchiveTests : IDisposable
{
    private readonly Archives _archives = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stored_and_deflated_members_and_folders_stand_beside_each_other(bool wide)
    {
        var deflated = Archives.Member(Archives.Name(2), Archives.Gzip("{\"uuid\":\"2\"}\n"), deflated: true);
        var zip = await Archives.ZipAsync([ZipMember.Directory("7/"), Archives.Member(10), deflated], wide);
        Assert.Equal(
            [
                "7_2025-07-09_2#0.json.gz 2025-07-09T02 {\"uuid\":\"2\"}",
                "7_2025-07-09_10#0.json.gz 2025-07-09T10 {\"uuid\":\"10\"}",
            ],
            await _archives.PartsAsync(zip)
        );
    }

    [Fact]
    public async Task A_stored_part_is_a_range_of_the_archive_and_a_checksum_of_its_bytes()
    {
        var gzip = Archives.Gzip("{}\n");
        var zip = await Archives.ZipAsync([Archives.Member(Archives.Name(3), gzip)]);
        var part = Assert.Single(await _archives.VerifyAsync(zip));
        Assert.Equal(gzip, zip.AsSpan((int)part.Offset, (int)part.Length));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(gzip)), part.Sha256);
    }

    [Theory]
    [InlineData("7//7_2025-07-09_11#0.json.gz")]
    [InlineData("7/7_2025-07-09_11#912.json.gz")]
    [InlineData("7_2025-07-09_11#0.json.gz")]
    public async Task Names_of_real_exports_are_taken(string name) =>
        Assert.Null(await FaultAsync(Archives.Member(name, Archives.Gzip("{}"))));

    [Theory]
    [InlineData("../x.json.gz", "member \"../x.json.gz\" is not the name of an export file")]
    [InlineData("/7/7_2025-07-09_1#0.json.gz", "is not the name of an export file")]
    [InlineData("7\\7_2025-07-09_1#0.json.gz", "is not the name of an export file")]
    [InlineData("\u001b[2J", "member \".[2J\" is not the name of an export file")]
    [InlineData("7/7_2025-07-10_0#0.json.gz", "is of 2025-07-10T00, which was not asked for")]
    [InlineData("7/7_2025-07-08_23#0.json.gz", "is of 2025-07-08T23, which was not asked for")]
    public async Task Other_names_are_damage(string name, string expected) =>
        Assert.Contains(
            expected,
            await FaultAsync(Archives.Member(name, Archives.Gzip("{}"))),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_name_that_is_there_twice_is_damage()
    {
        Assert.Equal(
            "7_2025-07-09_4#0.json.gz is there twice",
            await FaultAsync(Archives.Member(4), Archives.Member(4))
        );
        Assert.Equal(
            "7_2025-07-09_4#0.json.gz is there twice",
            await FaultAsync(Archives.Member(4), Archives.Member("7//7_2025-07-09_4#0.json.gz", Archives.Gzip("{}")))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_of_no_bytes_is_damage_but_one_of_no_lines_is_not(bool deflated)
    {
        Assert.Contains(
            "it is empty",
            await FaultAsync(Archives.Member(Archives.Name(4), [], deflated)),
            StringComparison.Ordinal
        );
        Assert.Null(await FaultAsync(Archives.Member(Archives.Name(4), Archives.EmptyGzip(), deflated)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_archive_without_files_is_damage(int folders)
    {
        var members = Enumerable.Repeat(ZipMember.Directory("7/"), folders).ToArray();
        Assert.StartsWith("it has no files in it", await FaultAsync(members), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_a_parts_end_is_damage()
    {
        var gzip = Archives.Gzip("{}\n");
        foreach (var tail in new byte[][] { [0], new byte[512], [0x1f], [0x1f, 0x8b], "garbage"u8.ToArray() })
        {
            Assert.NotNull(await FaultAsync(Archives.Member(Archives.Name(4), [.. gzip, .. tail])));
        }
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(24, 1)]
    [InlineData(24, -1)]
    [InlineData(16, 1)]
    [InlineData(42, 1)]
    public async Task A_directory_that_lies_about_a_stored_member_is_found_out(int field, int by)
    {
        var zip = await Archives.ZipAsync([Archives.Member(4)]);
        Add(zip, DirectoryOf(zip) + field, by);
        Assert.NotNull(await _archives.FaultAsync(zip));
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(24, -1)]
    [InlineData(24, 65_536)]
    [InlineData(20, -15)]
    public async Task A_directory_that_lies_about_a_deflated_member_is_found_out(int field, int by)
    {
        var zip = await Archives.ZipAsync([Archives.Member(Archives.Name(4), Archives.Gzip("{}"), deflated: true)]);
        Add(zip, DirectoryOf(zip) + field, by);
        Assert.NotNull(await _archives.FaultAsync(zip));
    }

    [Fact]
    public async Task An_encrypted_member_is_named()
    {
        var zip = await Archives.ZipAsync([Archives.Member(4)]);
        zip[DirectoryOf(zip) + 8] |= 1;
        Assert.StartsWith(
            "member \"7/7_2025-07-09_4#0.json.gz\" is encrypted",
            await _archives.FaultAsync(zip),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bomb_is_not_unpacked(bool deflated)
    {
        var zeros = new byte[68 << 20];
        var gzip = GzipFile.Compress(zeros);
        var bomb = deflated
            ? new ZipMember(Archives.Name(4), zeros.Length, gzip.Length - 18, 0, () => gzip.AsMemory(10..^8))
            {
                Deflated = true,
            }
            : Archives.Member(Archives.Name(4), gzip);
        Assert.Contains("it expands more than 200 times", await FaultAsync(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_several_gzip_members_is_read_to_its_end()
    {
        byte[] gzip = [.. Archives.Gzip("{\"a\":1}\n"), .. Archives.EmptyGzip(), .. Archives.Gzip("{\"a\":2}\n")];
        var zip = await Archives.ZipAsync([Archives.Member(Archives.Name(4), gzip)]);
        var part = Assert.Single(await _archives.VerifyAsync(zip));
        Assert.Equal("{\"a\":1}\n{\"a\":2}\n"u8, Desk.Content(part));
    }

    public void Dispose() => _archives.Dispose();

    private async Task<string?> FaultAsync(params ZipMember[] members) =>
        await _archives.FaultAsync(await Archives.ZipAsync(members));

    private static int DirectoryOf(byte[] zip) => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - 6));

    private static void Add(byte[] zip, int at, int by)
    {
        var field = zip.AsSpan(at);
        BinaryPrimitives.WriteInt32LittleEndian(field, BinaryPrimitives.ReadInt32LittleEndian(field) + by);
    }
}
