using System.Buffers.Binary;
using Waveguide.Simulator.Archive;

namespace Waveguide.Tests.Amplitude;

public sealed class ZipDirectoryTests : IDisposable
{
    private readonly Archives _archives = new();

    [Theory]
    [InlineData(1, false)]
    [InlineData(70_000, false)]
    [InlineData(3, true)]
    public async Task Any_number_of_members_is_listed(int count, bool wide)
    {
        var members = Enumerable.Range(0, count).Select(number => Archives.Member($"{number}", [1])).ToList();
        var listed = _archives.Directory(await Archives.ZipAsync(members, wide));
        Assert.Equal(Enumerable.Range(0, count).Select(number => new ZipEntry($"{number}", 1)), listed);
    }

    [Fact]
    public async Task Exactly_65535_members_need_no_64_bit_end()
    {
        const int end64 = 56 + 20;
        var members = Enumerable.Range(0, ushort.MaxValue).Select(number => Archives.Member($"{number}", [1]));
        var zip = await Archives.ZipAsync([.. members]);
        var end = zip.AsSpan(zip.Length - 22).ToArray();
        var end64At = zip.AsSpan(zip.Length - 22 - end64);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), BinaryPrimitives.ReadInt32LittleEndian(end64At[40..]));
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), BinaryPrimitives.ReadInt32LittleEndian(end64At[48..]));
        byte[] narrow = [.. zip.AsSpan(0, zip.Length - 22 - end64), .. end];
        Assert.Equal(ushort.MaxValue, _archives.Directory(narrow).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_535)]
    public async Task A_comment_at_the_end_is_skipped(int length)
    {
        var zip = await Archives.ZipAsync([Archives.Member(4)]);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.Length - 2), (ushort)length);
        Assert.Single(_archives.Directory([.. zip, .. new byte[length]]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(40)]
    public async Task A_comment_that_other_readers_take_for_the_end_is_damage(int behind)
    {
        byte[] comment = [0, .. "PK\u0005\u0006"u8, .. new byte[behind]];
        var zip = await Archives.ZipAsync([Archives.Member(4)]);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(zip.Length - 2), (ushort)comment.Length);
        AssertDamaged([.. zip, .. comment], "it has no end, or is not a zip archive");
    }

    [Fact]
    public async Task Bytes_before_or_behind_the_archive_are_damage()
    {
        var zip = await Archives.ZipAsync([Archives.Member(4)]);
        AssertDamaged([0, .. zip], "its directory is not where its end says");
        AssertDamaged([.. zip, 0], "it has no end, or is not a zip archive");
        AssertDamaged([.. zip, .. zip], "its directory is not where its end says");
    }

    [Fact]
    public async Task Members_that_overlap_are_damage()
    {
        var zip = await Archives.ZipAsync([Archives.Member("a", new byte[100]), Archives.Member("b", [1])]);
        var second = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - 6)) + 47;
        var header = zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0003\u0004"u8), 31);
        header.CopyTo(zip.AsSpan(40));
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(second + 42), 40);
        AssertDamaged(zip, "member \"b\" overlaps another");
    }

    [Fact]
    public void Figures_of_64_bits_that_no_file_can_have_are_damage()
    {
        long[] figures = [long.MinValue, -1, 0, 1, 46, int.MaxValue, long.MaxValue - 1, long.MaxValue];
        foreach (var count in figures)
        {
            foreach (var size in figures)
            {
                foreach (var start in figures.Where(start => (count, size, start) != (0, 0, 0)))
                {
                    Assert.ThrowsAny<InvalidDataException>(() => _archives.Directory(End(count, size, start)));
                }
            }
        }
    }

    [Fact]
    public void A_locator_may_point_anywhere()
    {
        foreach (var position in new[] { long.MinValue, -1, 1, 40, 56, 75, long.MaxValue - 30, long.MaxValue })
        {
            var zip = End(0, 0, 0);
            BinaryPrimitives.WriteInt64LittleEndian(zip.AsSpan(56 + 8), position);
            Assert.ThrowsAny<InvalidDataException>(() => _archives.Directory(zip));
        }
    }

    public void Dispose() => _archives.Dispose();

    private void AssertDamaged(byte[] zip, string expected)
    {
        var reason = Assert.ThrowsAny<InvalidDataException>(() => _archives.Directory(zip));
        Assert.Equal(expected, reason.Message);
    }

    /// <summary>A zip64 end with nothing before it.</summary>
    private static byte[] End(long count, long size, long start) =>
        new LittleEndian()
            .U32(0x06064b50)
            .U64(44)
            .U16(45)
            .U16(45)
            .U32(0)
            .U32(0)
            .U64(count)
            .U64(count)
            .U64(size)
            .U64(start)
            .U32(0x07064b50)
            .U32(0)
            .U64(0)
            .U32(1)
            .U32(0x06054b50)
            .U16(0)
            .U16(0)
            .U16(ushort.MaxValue)
            .U16(ushort.MaxValue)
            .U32(uint.MaxValue)
            .U32(uint.MaxValue)
            .U16(0)
            .ToArray();
}
