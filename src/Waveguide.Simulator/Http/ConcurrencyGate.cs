namespace Waveguide.Simulator.Http;

/// <summary>Counts the requests of each project that are under way.</summary>
internal sealed class ConcurrencyGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _underWay = [];

    /// <summary>The most requests of one project at one time, those refused left out.</summary>
    public int Peak { get; private set; }

    public bool TryEnter(string project)
    {
        lock (_lock)
        {
            var count = _underWay.GetValueOrDefault(project) + 1;
            if (count > limit)
            {
                return false;
            }
            _underWay[project] = count;
            Peak = Math.Max(Peak, count);
            return true;
        }
    }

    public void Leave(string project)
    {
        lock (_lock)
        {
            _underWay[project]--;
        }
    }
}
