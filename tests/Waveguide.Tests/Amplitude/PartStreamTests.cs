using System.IO.Compression;
using System.Text;
using Waveguide.Scanning;
using Waveguide.Simulator.Archive;

namespace Waveguide.Tests.Amplitude;

public sealed class PartStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(8_192)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    public void A_border_between_gzip_members_may_lie_anywhere_about_a_buffers_end(int border)
    {
        var random = new Random(border);
        for (var length = border - 40; length <= border + 4; length++)
        {
            var first = Noise(random, length - Stored(0).Length);
            byte[] gzip = [.. Stored(first), .. Stored("second\n"u8)];
            Assert.InRange(Stored(first).Length, border - 60, border + 60);
            byte[] expected = [.. first, .. "second\n"u8];
            Assert.Equal(expected, Read(gzip, new Random(1)));
            Assert.False(IsWhole(gzip[..^1]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void It_reads_what_a_plain_reader_reads_whatever_the_size_of_the_buffers(int length)
    {
        var json = Noise(new Random(length), length);
        var gzip = GzipFile.Compress(json);
        using var plain = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var expected = new MemoryStream();
        plain.CopyTo(expected);
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Equal(expected.ToArray(), Read(gzip, new Random(seed)));
        }
    }

    [Fact]
    public void A_final_newline_is_neither_needed_nor_added()
    {
        Assert.Equal("{}"u8, Read(Archives.Gzip("{}"), new Random(1)));
        Assert.Equal("{}\n"u8, Read(Archives.Gzip("{}\n"), new Random(1)));
    }

    [Fact]
    public void A_part_of_some_megabytes_of_many_members_is_read_whole()
    {
        var random = new Random(7);
        var members = Enumerable.Range(0, 300).Select(_ => Noise(random, random.Next(20_000))).ToList();
        byte[] gzip = [.. members.SelectMany(member => GzipFile.Compress(member, CompressionLevel.Fastest))];
        Assert.Equal(members.SelectMany(member => member).ToArray(), Read(gzip, random));
    }

    [Fact]
    public void A_cut_at_any_byte_is_found()
    {
        var gzip = GzipFile.Compress(Noise(new Random(3), 300));
        Assert.All(Enumerable.Range(1, gzip.Length - 1), length => Assert.False(IsWhole(gzip[..length])));
    }

    [Fact]
    public void The_base_library_reads_a_cut_part_as_if_it_were_whole()
    {
        var gzip = GzipFile.Compress(Noise(new Random(3), 300));
        using var plain = new GZipStream(new MemoryStream(gzip[..^9]), CompressionMode.Decompress);
        using var content = new MemoryStream();
        plain.CopyTo(content);
        Assert.InRange(content.Length, 1, 300);
        Assert.False(IsWhole(gzip[..^9]));
    }

    [Fact]
    public void A_trailer_whose_checksum_or_length_alone_is_wrong_is_found()
    {
        byte[] gzip = [.. Archives.Gzip("{\"uuid\":\"a\"}\n"), .. Archives.Gzip("{}\n")];
        var first = Archives.Gzip("{\"uuid\":\"a\"}\n").Length;
        foreach (var end in new[] { first, gzip.Length })
        {
            foreach (var at in Enumerable.Range(end - 8, 8))
            {
                gzip[at] ^= 1;
                Assert.False(IsWhole(gzip), $"byte {at} of {gzip.Length}");
                gzip[at] ^= 1;
            }
        }

        Assert.True(IsWhole(gzip));
    }

    [Fact]
    public void A_cut_in_the_second_member_is_found_and_one_between_two_is_for_the_zip_to_find()
    {
        var first = Archives.Gzip("{\"a\":1}\n");
        byte[] both = [.. first, .. Archives.Gzip("{\"a\":2}\n")];
        Assert.All(
            Enumerable.Range(1, both.Length - 1),
            length => Assert.Equal(length == first.Length, IsWhole(both[..length]))
        );
    }

    [Fact]
    public void A_changed_byte_is_found_or_changes_nothing()
    {
        var json = "{\"uuid\":\"a\"}\n{\"uuid\":\"b\"}\n"u8.ToArray();
        var gzip = GzipFile.Compress(json);
        for (var at = 0; at < gzip.Length * 8; at++)
        {
            gzip[at / 8] ^= (byte)(1 << (at % 8));
            if (IsWhole(gzip))
            {
                Assert.Equal(json, Read(gzip, new Random(1)));
            }

            gzip[at / 8] ^= (byte)(1 << (at % 8));
        }
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("garbage")]
    [InlineData("\u001f")]
    [InlineData("PK")]
    public void What_follows_the_end_is_found(string tail) =>
        Assert.False(IsWhole([.. Archives.Gzip("{}\n"), .. Encoding.Latin1.GetBytes(tail)]));

    [Fact]
    public void A_buffer_that_cannot_hold_the_proof_is_refused()
    {
        using var stream = PartStream.Open(Part(Archives.Gzip("{}")));
        Assert.Throws<ArgumentException>(() => stream.Read(new byte[16]));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Stored(int length) => Stored(new byte[length]);

    private static byte[] Stored(ReadOnlySpan<byte> bytes) => GzipFile.Compress(bytes, CompressionLevel.NoCompression);

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private FetchedPart Part(byte[] gzip)
    {
        var path = _folder.At("export.zip");
        File.WriteAllBytes(path, [.. "before"u8, .. gzip, .. Archives.Gzip("behind")]);
        return new FetchedPart(default, "part", path, 6, gzip.Length, "");
    }

    private byte[] Read(byte[] gzip, Random random)
    {
        using var stream = PartStream.Open(Part(gzip));
        using var content = new MemoryStream();
        while (true)
        {
            var buffer = new byte[random.Next(17, 9_000)];
            var read = stream.Read(buffer);
            if (read == 0)
            {
                return content.ToArray();
            }

            content.Write(buffer, 0, read);
        }
    }

    private bool IsWhole(byte[] gzip)
    {
        try
        {
            Read(gzip, new Random(1));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
