namespace Waveguide.Simulator.Tables;

/// <summary>Counts what was asked in the last period. Safe for use by several threads.</summary>
internal sealed class RateLimit(int limit, TimeSpan period, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, int Cost)> _asked = new();
    private int _cost;

    /// <summary>Whether it is within the limit; what is not does not count.</summary>
    public bool Allows(int cost = 1)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_asked.TryPeek(out var oldest) && oldest.At + period <= now)
            {
                _cost -= _asked.Dequeue().Cost;
            }

            if (_cost + cost > limit)
            {
                return false;
            }

            _asked.Enqueue((now, cost));
            _cost += cost;
            return true;
        }
    }
}
