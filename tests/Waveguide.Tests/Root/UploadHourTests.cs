namespace Waveguide.Tests.Root;

public sealed class UploadHourTests
{
    [Theory]
    [InlineData("2025-07-09T14", "2025-07-09T14")]
    [InlineData("2025-07-09", "2025-07-09T00")]
    [InlineData("1969-12-31T23", "1969-12-31T23")]
    public void Both_forms_are_read_and_one_is_written(string text, string written) =>
        Assert.Equal(written, UploadHour.Parse(text).ToString());

    [Theory]
    [InlineData("2025-02-30")]
    [InlineData("2025-07-09T24")]
    [InlineData("2025-07-09 14")]
    [InlineData("2025-7-9")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_refused(string? text) => Assert.False(UploadHour.TryParse(text, out _));

    [Fact]
    public void A_moment_belongs_to_the_hour_that_began_before_it()
    {
        Assert.Equal("2025-07-09T14", UploadHour.Of(DateTimeOffset.Parse("2025-07-09T14:59:59.9999999Z")).ToString());
        Assert.Equal("2025-07-09T14", UploadHour.Of(DateTimeOffset.Parse("2025-07-09T16:00:00+02:00")).ToString());
        Assert.Equal("1969-12-31T23", UploadHour.Of(DateTimeOffset.Parse("1969-12-31T23:30:00Z")).ToString());
    }

    [Fact]
    public void Hours_are_ordered_and_counted()
    {
        var early = UploadHour.Parse("2025-07-09T23");
        var late = UploadHour.Parse("2025-07-10T01");
        Assert.True(early < late && late > early && early <= late && late >= early);
        Assert.Equal(2, late - early);
        Assert.Equal(late, early.Next.Next);
        Assert.Equal("2025-07-10T00", late.Midnight.ToString());
    }
}
