namespace Waveguide.Tests.Simulator;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class ManualClock(DateTime now) : TimeProvider
{
    public DateTime Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => new(DateTime.SpecifyKind(Now, DateTimeKind.Utc));
}
