namespace Waveguide.LiveTests;

/// <summary>The real time, moved ahead by hand; timers fire when they are passed by it, and never by themselves.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _ahead += time;
            due = [.. _alarms.Where(alarm => alarm.At <= GetUtcNow())];
            _alarms.RemoveAll(due.Contains);
        }

        due.ForEach(alarm => alarm.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private void Set(Alarm alarm, TimeSpan time)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (time >= TimeSpan.Zero)
            {
                alarm.At = GetUtcNow() + time;
                _alarms.Add(alarm);
            }
        }
    }

    private sealed class Alarm(HandClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset At { get; set; }

        public void Fire()
        {
            clock.Set(this, _period);
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
