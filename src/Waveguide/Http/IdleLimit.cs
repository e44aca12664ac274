namespace Waveguide.Http;

/// <summary>Cancels its token when nothing was heard for a while, or when the outer token is cancelled.</summary>
internal sealed class IdleLimit : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _outer;
    private TimeSpan _limit;

    public IdleLimit(TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        _limit = limit;
        _outer = outer;
        _timer = new CancellationTokenSource(limit, clock);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, outer);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>Begins to count anew.</summary>
    public void Restart(TimeSpan? newLimit = null)
    {
        _limit = newLimit ?? _limit;
        _timer.CancelAfter(_limit);
    }

    /// <summary>Whether it was this limit that cancelled, rather than the outer token.</summary>
    public bool Ran(out TimeSpan time)
    {
        time = _limit;
        return _timer.IsCancellationRequested && !_outer.IsCancellationRequested;
    }

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
