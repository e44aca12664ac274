namespace Waveguide.Http;

/// <summary>
/// Lets work begin only as fast as a service allows: in no period of this length does the work under way and ended cost
/// more than the limit. A service counts a request at some moment between its beginning and its end, so each counts
/// until a whole period after its end. Safe for concurrent use; who comes first goes first.
/// </summary>
internal sealed class SlidingWindow(int limit, TimeSpan period, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _places = [];
    private int _cost;

    /// <summary>Waits until there is room.</summary>
    /// <param name="cost">What the work costs; more than the whole limit counts as the limit.</param>
    /// <returns>To be disposed when the work has ended.</returns>
    public async Task<IDisposable> EnterAsync(int cost, CancellationToken cancellationToken)
    {
        cost = Math.Min(cost, limit);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (TryEnter(cost, out var wait) is { } place)
                {
                    return place;
                }

                await Task.Delay(wait, clock, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Place? TryEnter(int cost, out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = TimeSpan.Zero;
            var now = clock.GetUtcNow();
            for (var place = _places.First; place is not null; )
            {
                var next = place.Next;
                if (place.Value.Ended + period <= now)
                {
                    _cost -= place.Value.Cost;
                    _places.Remove(place);
                }

                place = next;
            }

            if (_cost + cost <= limit)
            {
                _cost += cost;
                return _places.AddLast(new Place(this, cost)).Value;
            }

            // What is still under way ends at some time that nobody knows: it is looked for again soon.
            var oldest = _places.Where(place => place.Ended is not null).Min(place => place.Ended);
            wait = oldest is { } ended ? ended + period - now : TimeSpan.FromMilliseconds(50);
            return null;
        }
    }

    private void End(Place place)
    {
        lock (_gate)
        {
            place.Ended ??= clock.GetUtcNow();
        }
    }

    private sealed class Place(SlidingWindow window, int cost) : IDisposable
    {
        public int Cost { get; } = cost;

        /// <summary>Null while it is under way.</summary>
        public DateTimeOffset? Ended { get; set; }

        public void Dispose() => window.End(this);
    }
}
