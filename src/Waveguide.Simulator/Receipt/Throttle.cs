namespace Waveguide.Simulator.Receipt;

/// <summary>Counts the events of each device and user, and refuses an upload that brings one over its limit.</summary>
internal sealed class Throttle(ReceiptLimits limits)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<(DateTime At, int Events)>> _past = new(StringComparer.Ordinal);

    /// <returns>Null if all events are within the limits and now counted; otherwise none is.</returns>
    public UploadReply? Refuse(IReadOnlyList<SentEvent> events, bool isBatch, DateTime now)
    {
        var rate = isBatch ? limits.BatchEventsPerSecond : limits.EventsPerSecond;
        lock (_lock)
        {
            var devices = Rates(events.Select(sent => sent.Device), "device", now);
            var users = Rates(events.Select(sent => sent.User).OfType<string>(), "user", now);
            var (fastDevices, fastUsers) = (Over(devices, rate), Over(users, rate));
            var (fullDevices, fullUsers) = isBatch ? (Full(devices), Full(users)) : ([], []);
            if (fastDevices.Count + fastUsers.Count + fullDevices.Count + fullUsers.Count == 0)
            {
                Count(devices, "device", now);
                Count(users, "user", now);
                return null;
            }

            var throttled = events
                .Index()
                .Where(sent => fastDevices.ContainsKey(sent.Item.Device) || fastUsers.ContainsKey(sent.Item.User ?? ""))
                .Select(sent => sent.Index);
            return UploadReply.Error(
                429,
                "Too many requests for some devices and users",
                ("eps_threshold", rate),
                ("throttled_devices", fastDevices),
                ("throttled_users", fastUsers),
                ("exceeded_daily_quota_devices", fullDevices),
                ("exceeded_daily_quota_users", fullUsers),
                ("throttled_events", throttled)
            );
        }
    }

    private List<Load> Rates(IEnumerable<string> ids, string kind, DateTime now) =>
        [
            .. ids.CountBy(id => id)
                .Select(id =>
                {
                    var past = _past.GetValueOrDefault($"{kind} {id.Key}") ?? [];
                    var recent = past.Where(count => now - count.At < limits.Window).Sum(count => count.Events);
                    var today = past.Where(count => now - count.At < Day).Sum(count => count.Events);
                    return new Load(id.Key, id.Value, recent + id.Value, today + id.Value);
                }),
        ];

    private Dictionary<string, int> Over(List<Load> loads, int eventsPerSecond) =>
        loads
            .Where(load => load.Recent > eventsPerSecond * limits.Window.TotalSeconds)
            .ToDictionary(
                load => load.Id,
                load => (int)Math.Ceiling(load.Recent / limits.Window.TotalSeconds),
                StringComparer.Ordinal
            );

    private Dictionary<string, int> Full(List<Load> loads) =>
        loads
            .Where(load => load.Today > limits.BatchEventsPerDay)
            .ToDictionary(load => load.Id, load => load.Today, StringComparer.Ordinal);

    private void Count(List<Load> loads, string kind, DateTime now)
    {
        foreach (var load in loads)
        {
            var key = $"{kind} {load.Id}";
            if (!_past.TryGetValue(key, out var past))
            {
                _past[key] = past = new Queue<(DateTime At, int Events)>();
            }

            while (past.TryPeek(out var oldest) && now - oldest.At >= Day)
            {
                past.Dequeue();
            }

            past.Enqueue((now, load.Events));
        }
    }

    private sealed record Load(string Id, int Events, int Recent, int Today);
}
