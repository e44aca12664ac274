using Waveguide.Simulator.Archive;

namespace Waveguide.Tests.Amplitude;

public sealed class DamageTests : IDisposable
{
    private readonly Archives _archives = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_changed_byte_is_found_or_changes_nothing(bool deflated, bool wide)
    {
        var zip = await SmallAsync(deflated, wide);
        var whole = await _archives.PartsAsync(zip);
        var found = 0;
        for (var at = 0; at < zip.Length; at++)
        {
            foreach (var flip in new byte[] { (byte)(1 << (at % 8)), 0xFF })
            {
                zip[at] ^= flip;
                if (await _archives.FaultAsync(zip) is null)
                {
                    Assert.Equal(whole, await _archives.PartsAsync(zip));
                }
                else
                {
                    found++;
                }

                zip[at] ^= flip;
            }
        }

        Assert.InRange(found, zip.Length, zip.Length * 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_anywhere_is_found(bool wide)
    {
        var zip = await SmallAsync(deflated: false, wide);
        for (var length = 0; length < zip.Length; length++)
        {
            Assert.NotNull(await _archives.FaultAsync(zip[..length]));
        }
    }

    public void Dispose() => _archives.Dispose();

    private static Task<byte[]> SmallAsync(bool deflated, bool wide) =>
        Archives.ZipAsync(
            [
                ZipMember.Directory("7/"),
                Archives.Member(Archives.Name(10), Archives.Gzip("{\"uuid\":\"a\"}\n{\"uuid\":\"b\"}\n"), deflated),
                Archives.Member(Archives.Name(9), Archives.Gzip("{\"uuid\":\"c\"}\n"), deflated),
            ],
            wide
        );
}
