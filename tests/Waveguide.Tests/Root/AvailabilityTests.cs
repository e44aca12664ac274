namespace Waveguide.Tests.Root;

public sealed class AvailabilityTests
{
    private readonly Availability _availability = new();

    [Theory]
    [InlineData("2025-07-09T22:59:59Z", "2025-07-09T20")]
    [InlineData("2025-07-09T23:00:00Z", "2025-07-09T21")]
    public void The_hour_from_20_to_21_is_safe_from_23_on(string now, string safeUntil) =>
        Assert.Equal(safeUntil, _availability.SafeUntil(DateTimeOffset.Parse(now)).ToString());

    [Theory]
    [InlineData("2025-07-10T22:59:59Z", false)]
    [InlineData("2025-07-10T23:00:00Z", true)]
    public void An_answer_is_final_a_day_after_its_hour_became_safe(string readAt, bool final) =>
        Assert.Equal(final, _availability.IsFinal(UploadHour.Parse("2025-07-09T20"), DateTimeOffset.Parse(readAt)));

    [Fact]
    public void The_lag_is_an_option() =>
        Assert.Equal(
            "2025-07-09T12",
            (_availability with { Lag = TimeSpan.FromHours(5) })
                .SafeUntil(DateTimeOffset.Parse("2025-07-09T16:30Z"))
                .ToString()
        );
}
