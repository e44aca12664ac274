namespace Waveguide.Simulator.Http;

internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<SimulatedRequest> _requests = [];

    public IReadOnlyList<SimulatedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    /// <summary>Notes a request; the answer is its place in the log.</summary>
    public int Add(SimulatedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            return _requests.Count - 1;
        }
    }

    public void Answered(int place, int status)
    {
        lock (_lock)
        {
            _requests[place] = _requests[place] with { Status = status };
        }
    }
}
