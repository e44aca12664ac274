using Waveguide.Amplitude;
using Waveguide.Diagnostics;

namespace Waveguide.Tests.Amplitude;

public sealed class ErrorBodyTests
{
    private static readonly AmplitudeOptions Options = new()
    {
        Project = "web",
        ApiKey = new Secret("0a1b2c3d"),
        SecretKey = new Secret("4e5f6a7b"),
    };

    [Theory]
    [InlineData("Invalid API Key", "Invalid API Key")]
    [InlineData("  two\r\n lines\t", "two lines")]
    [InlineData("<html><TITLE>403: Forbidden</TITLE></html>", "403: Forbidden")]
    [InlineData("""{"error":{"message":"no","metadata":{"details":"why"}}}""", "why")]
    [InlineData("""{"error":{"message":"no"}}""", "no")]
    [InlineData("""{"error":"Unexpected"}""", "Unexpected")]
    [InlineData("""{"message":""}""", """{"message":""}""")]
    [InlineData("""{"error":[1,2]}""", """{"error":[1,2]}""")]
    [InlineData("\"Too many\"", "Too many")]
    [InlineData("""{"error":"\ud800"}""", """{"error":"\ud800"}""")]
    [InlineData("{", "{")]
    [InlineData("", "")]
    [InlineData("key 0a1b2c3d is wrong", "key *** is wrong")]
    [InlineData("a\u001b[31mred\u202eder", "a.[31mred.der")]
    public void A_body_is_told_as_one_plain_line(string body, string expected) =>
        Assert.Equal(expected, ErrorBody.Message(body, Options));

    [Fact]
    public void A_long_body_is_cut() =>
        Assert.Equal(new string('x', 200) + "...", ErrorBody.Message(new string('x', 60_000), Options));

    [Theory]
    [InlineData("<title>")]
    [InlineData("{\"error\":")]
    [InlineData("[")]
    public void A_body_made_to_keep_us_busy_does_not(string piece)
    {
        var body = string.Concat(Enumerable.Repeat(piece, 65_536 / piece.Length));
        Assert.StartsWith(piece, ErrorBody.Message(body, Options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_hides_nothing() =>
        Assert.Equal("no", ErrorBody.Message("no", Options with { SecretKey = new Secret("") }));
}
