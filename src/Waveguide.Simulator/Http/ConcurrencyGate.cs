namespace Waveguide.Simulator.Http;

/// <summary>Counts the requests of each project that are under way.</summary>
internal sealed class ConcurrencyGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _underWay = [];

    /// <summary>The most requests of one project at one time, those refused left out.</summary>
    public int Peak { get; private set; }

    /// <summary>A place for one request; null when all are taken.</summary>
    public Lease? TryEnter(string project)
    {
        lock (_lock)
        {
            var count = _underWay.GetValueOrDefault(project) + 1;
            if (count > limit)
            {
                return null;
            }
            _underWay[project] = count;
            Peak = Math.Max(Peak, count);
            return new Lease(() => Leave(project));
        }
    }

    private void Leave(string project)
    {
        lock (_lock)
        {
            _underWay[project]--;
        }
    }
}

/// <summary>
/// A place under the limit. It is given up before the last bytes go out, so that a client that waits for them and then
/// asks again is never one too many.
/// </summary>
internal sealed class Lease(Action leave) : IDisposable
{
    private int _left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            leave();
        }
    }
}
