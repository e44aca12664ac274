namespace Waveguide.Http;

/// <summary>
/// Lets work begin only as fast as a service allows: in no period of this length does the work under way and ended cost
/// more than the limit. A service counts a request at some moment between its beginning and its end, so each counts
/// until a whole period after its end. Safe for concurrent use.
/// </summary>
internal sealed class SlidingWindow(int limit, TimeSpan period, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _places = [];
    private int _cost;

    /// <summary>Waits until there is room.</summary>
    /// <param name="cost">What the work costs; more than the whole limit counts as the limit.</param>
    /// <returns>To be disposed when the work has ended.</returns>
    public async Task<IDisposable> EnterAsync(int cost, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryEnter(Math.Min(cost, limit), out var wait) is { } place)
            {
                return place;
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <inheritdoc cref="EnterAsync(int, CancellationToken)"/>
    public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => EnterAsync(cost: 1, cancellationToken);

    /// <summary>Counts work that an earlier run did.</summary>
    public void Count(IEnumerable<DateTimeOffset> ended)
    {
        lock (_gate)
        {
            foreach (var time in ended)
            {
                _cost++;
                _places.AddLast(new Place(this, cost: 1) { Ended = time });
            }
        }
    }

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
