namespace Waveguide.LiveTests.S3;

/// <summary>The clock of a process that was stopped: no timer fires, and time goes on only by <see cref="Wake"/>.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset _now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Wake() => _now = System.GetUtcNow();
}
