namespace Waveguide.Simulator.Traffic;

/// <summary>Finished hours, the oldest dropped when they pass the bound; an hour is made by one thread at a time.</summary>
internal sealed class PartCache(HourMaker maker, long bound)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DateTime, Lazy<IReadOnlyList<ExportPart>>> _hours = [];
    private readonly Queue<(DateTime Hour, long Bytes)> _order = new();
    private long _bytes;

    public IReadOnlyList<ExportPart> Get(DateTime hour)
    {
        Lazy<IReadOnlyList<ExportPart>>? parts;
        lock (_lock)
        {
            if (!_hours.TryGetValue(hour, out parts))
            {
                _hours[hour] = parts = new(() => Make(hour));
            }
        }
        return parts.Value;
    }

    private IReadOnlyList<ExportPart> Make(DateTime hour)
    {
        var parts = maker.Make(hour);
        var bytes = parts.Sum(part => (long)part.Gzip.Length);
        lock (_lock)
        {
            _bytes += bytes;
            _order.Enqueue((hour, bytes));
            while (_bytes > bound && _order.Count > 1)
            {
                var oldest = _order.Dequeue();
                _hours.Remove(oldest.Hour);
                _bytes -= oldest.Bytes;
            }
        }
        return parts;
    }
}
