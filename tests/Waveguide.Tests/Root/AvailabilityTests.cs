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

    /// <summary>In July, midnight in New York is 04:00 UTC.</summary>
    [Theory]
    [InlineData("2025-07-10T06:59:59Z", "2025-07-09T00")]
    [InlineData("2025-07-10T07:00:00Z", "2025-07-10T00")]
    public void A_day_is_safe_once_it_is_over_where_the_project_is(string now, string safeUntil) =>
        Assert.Equal(
            safeUntil,
            (_availability with { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") })
                .SafeUntil(DateTimeOffset.Parse(now), TableKind.Daily)
                .ToString()
        );

    [Theory]
    [InlineData("2025-07-11T02:59:59Z", false)]
    [InlineData("2025-07-11T03:00:00Z", true)]
    public void Figures_of_a_day_are_final_a_day_after_it_became_safe(string readAt, bool final) =>
        Assert.Equal(
            final,
            _availability.IsFinal(UploadHour.Parse("2025-07-09"), DateTimeOffset.Parse(readAt), TableKind.Daily)
        );
}
