using Waveguide.Amplitude;

namespace Waveguide.Tests.Amplitude;

public sealed class PartNameTests
{
    [Theory]
    [InlineData("100011471/100011471_2025-07-09_0#0.json.gz", "2025-07-09T00")]
    [InlineData("100011471/100011471_2025-07-09_9#627.json.gz", "2025-07-09T09")]
    [InlineData("100011471/100011471_2025-07-09_09#0.json.gz", "2025-07-09T09")]
    [InlineData("100011471/100011471_2025-07-09_23#0.json.gz", "2025-07-09T23")]
    [InlineData("434735//434735_2023-08-01_11#0.json.gz", "2023-08-01T11")]
    [InlineData("203138_2020-11-24_10#70.json.gz", "2020-11-24T10")]
    [InlineData("203138/203138_2014-06-01#0.json.gz", "2014-06-01T00")]
    public void A_name_tells_its_hour(string member, string expected)
    {
        Assert.True(PartName.TryParse(member, out var file, out var hour));
        Assert.Equal(expected, hour.ToString());
        Assert.Equal(member[(member.LastIndexOf('/') + 1)..], file);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7/7_2025-07-09_24#0.json.gz")]
    [InlineData("7/7_2025-07-09_99#0.json.gz")]
    [InlineData("7/7_2025-07-09_100#0.json.gz")]
    [InlineData("7/7_2025-07-09_-1#0.json.gz")]
    [InlineData("7/7_2025-13-09_1#0.json.gz")]
    [InlineData("7/7_2025-02-30_1#0.json.gz")]
    [InlineData("7/7_0000-00-00_1#0.json.gz")]
    [InlineData("7/7_2025-07-09_\u0663#0.json.gz")]
    [InlineData("\u0667/\u0667_2025-07-09_3#\u0660.json.gz")]
    [InlineData("7/7_2025-07-09_3#0.json.gz\n")]
    [InlineData("7/7_2025-07-09_3#0.json.gz\0")]
    [InlineData("7/7_2025-07-09_3#0.json.gz/")]
    [InlineData("7/7_2025-07-09_3#0.json")]
    [InlineData("7/7_2025-07-09_3.json.gz")]
    [InlineData("7/8/7_2025-07-09_3#0.json.gz")]
    [InlineData("/7_2025-07-09_3#0.json.gz")]
    [InlineData("../7_2025-07-09_3#0.json.gz")]
    [InlineData("C:/7_2025-07-09_3#0.json.gz")]
    [InlineData("7\\7_2025-07-09_3#0.json.gz")]
    [InlineData("-7_2025-07-09_3.json.gz")]
    public void Anything_else_is_no_name(string member) => Assert.False(PartName.TryParse(member, out _, out _));

    [Theory]
    [InlineData('0')]
    [InlineData('/')]
    public void A_very_long_name_is_refused_at_once(char letter) =>
        Assert.False(PartName.TryParse("7/" + new string(letter, ushort.MaxValue), out _, out _));
}
