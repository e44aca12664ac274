namespace Waveguide.Http;

/// <summary>Cancels its token when nothing was heard for a while, or when the outer token is cancelled.</summary>
internal sealed class IdleLimit : IDisposable
{
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource both;
    private readonly CancellationToken outer;
    private TimeSpan limit;

    public IdleLimit(TimeSpan limit, TimeProvider clock, CancellationToken outer)
    {
        this.limit = limit;
        this.outer = outer;
        timer = new CancellationTokenSource(limit, clock);
        both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, outer);
    }

    public CancellationToken Token => both.Token;

    /// <summary>Begins to count anew.</summary>
    public void Restart(TimeSpan? newLimit = null)
    {
        limit = newLimit ?? limit;
        timer.CancelAfter(limit);
    }

    /// <summary>Whether it was this limit that cancelled, rather than the outer token.</summary>
    public bool Ran(out TimeSpan time)
    {
        time = limit;
        return timer.IsCancellationRequested && !outer.IsCancellationRequested;
    }

    public void Dispose()
    {
        both.Dispose();
        timer.Dispose();
    }
}
