using Waveguide.Cli.Configuration.Reading;

namespace Waveguide.Tests.Configuration;

public sealed class EnvFileTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("A=x", "x")]
    [InlineData("A=x\r\n", "x")]
    [InlineData("export A=x\n", "x")]
    [InlineData("export\tA=x\n", "x")]
    [InlineData("  A = x  \n", "x")]
    [InlineData("A=\"x y\" # comment\n", "x y")]
    [InlineData("A=' x '\n", " x ")]
    [InlineData("A=x # comment\n", "x")]
    [InlineData("A=x#y\n", "x#y")]
    [InlineData("A=#y\n", "")]
    [InlineData("A=\n", "")]
    [InlineData("A=\nB=2\n", "")]
    [InlineData("A=p$a${B}$$\n", "p$a${B}$$")]
    [InlineData("A='p$a\\n'\n", "p$a\\n")]
    [InlineData("A=\"a\\n\\\"b\\\\\"\n", "a\n\"b\\")]
    [InlineData("A=\"a\nb\"\nB=2\n", "a\nb")]
    [InlineData("A=a=b==\n", "a=b==")]
    [InlineData("A=1\nA=2\n", "2")]
    [InlineData("# A=1\n\n   # A=2\nA=3\n", "3")]
    [InlineData("A=\"x\"", "x")]
    public void A_line_gives_its_variable_this_value(string text, string value) =>
        Assert.Equal(value, EnvFile.Parse(text, ".env")["A"]);

    [Theory]
    [InlineData("A=1\nsecret\n", "line 2, is not of the form NAME=value")]
    [InlineData("A=1\n\nsecret thing=3\n", "line 3, is not of the form NAME=value")]
    [InlineData("1A=2\n", "line 1, is not of the form NAME=value")]
    [InlineData("=2\n", "line 1, is not of the form NAME=value")]
    [InlineData("B=1\nA=\"secret\nC=2\n", "line 2, opens a quote that is never closed")]
    [InlineData("A=\"a\nb\"\nB='secret' more\n", "line 3, goes on after its closing quote")]
    public void A_line_that_is_none_is_named_and_not_shown(string text, string what) =>
        Assert.Equal($".env, {what}. Correct the line, or begin it with #.", _place.WithFile(".env", text).Refusal());

    [Fact]
    public void The_file_begins_after_its_byte_order_mark() =>
        Assert.Equal("file:./x", _place.WithFile(".env", "\uFEFFWAVEGUIDE_DESTINATION=file:./x").Read().Destination);

    [Fact]
    public void A_folder_of_that_name_is_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, ".env"));

        Assert.Equal("duckdb:warehouse.duckdb", _place.Read().Destination);
    }
}
