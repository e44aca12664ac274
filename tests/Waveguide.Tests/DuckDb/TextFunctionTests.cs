using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

/// <summary>Functions of one text, written in C# and called by SQL.</summary>
public sealed class TextFunctionTests : InMemory
{
    public TextFunctionTests() => Connection.Register(new Twice());

    [Theory]
    [InlineData("'ab'", "abab")]
    [InlineData(
        "'größe, and longer than twelve bytes '",
        "größe, and longer than twelve bytes größe, and longer than twelve bytes "
    )]
    [InlineData("''", "")]
    [InlineData("NULL", null)]
    public void A_text_gives_a_text_and_NULL_gives_NULL(string text, string? result) =>
        Assert.Equal(result, Connection.Scalar($"SELECT twice({text})"));

    [Fact]
    public void Many_rows_are_written_by_many_threads() =>
        Assert.Equal(
            300_000L - 3_000,
            Connection.Scalar(
                """
                SELECT count(*) FILTER (twice(CASE WHEN range % 100 > 0 THEN range::VARCHAR END) = range::VARCHAR || range)
                FROM range(300000)
                """
            )
        );

    [Fact]
    public void What_it_throws_fails_the_statement() =>
        Assert.Contains(
            "no such word",
            Assert.Throws<DuckDbException>(() => Connection.Scalar("SELECT twice('wrong')")).Message,
            StringComparison.Ordinal
        );

    private sealed class Twice : TextFunction
    {
        public override string Name => "twice";

        public override void Write(ReadOnlySpan<byte> text, VectorWriter result, int row)
        {
            var once = Encoding.UTF8.GetString(text);
            result.SetUtf8(
                row,
                once == "wrong"
                    ? throw new InvalidOperationException("no such word")
                    : Encoding.UTF8.GetBytes(once + once)
            );
        }
    }
}
