using Waveguide.Simulator.Archive;
using Waveguide.Simulator.Receipt;

namespace Waveguide.Simulator;

/// <summary>
/// Events that clients send to the simulator while it is served, as rows of the hour in which they arrive, beside data
/// that was there before. A project whose data this is accepts uploads.
/// </summary>
public sealed class ReceivedEvents : IExportData
{
    private const int Shard = 912;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTime, List<byte[]>> _hours = [];
    private readonly Inbox _inbox = new();

    /// <summary>Data served besides, first. Default null: none.</summary>
    public IExportData? Before { get; init; }

    /// <summary>The project's number in rows and member names. Default 100000001.</summary>
    public long App { get; init; } = 100_000_001;

    public DateTime? FirstHour
    {
        get
        {
            lock (_lock)
            {
                return Extreme(Before?.FirstHour, _hours.Count == 0 ? null : _hours.Keys.First(), earlier: true);
            }
        }
    }

    public DateTime? LastHour
    {
        get
        {
            lock (_lock)
            {
                return Extreme(Before?.LastHour, _hours.Count == 0 ? null : _hours.Keys.Last(), earlier: false);
            }
        }
    }

    /// <summary>True: an hour may still grow, so an answer keeps the files that it began with.</summary>
    public bool IsInMemory => true;

    public IReadOnlyList<ExportPart> Parts(DateTime hourUtc)
    {
        var before = Before?.Parts(hourUtc) ?? [];
        lock (_lock)
        {
            return _hours.TryGetValue(hourUtc, out var rows)
                ? [.. before, GzipFile.Part(PartName.Of(App, hourUtc, Shard), rows)]
                : before;
        }
    }

    /// <summary>Takes the events in; they are rows from now on, but for identifications and repetitions.</summary>
    internal void Receive(IReadOnlyList<SentEvent> events, Arrival arrival)
    {
        lock (_lock)
        {
            var hour = arrival.Uploaded.Date.AddHours(arrival.Uploaded.Hour);
            foreach (var sent in events)
            {
                if (_inbox.Take(sent, arrival) is { } happened)
                {
                    if (!_hours.TryGetValue(hour, out var rows))
                    {
                        _hours[hour] = rows = [];
                    }

                    rows.Add(ReceivedRow.Line(happened, arrival, App));
                }
            }
        }
    }

    private static DateTime? Extreme(DateTime? one, DateTime? other, bool earlier) =>
        one is null || other is null ? one ?? other
        : (one < other) == earlier ? one
        : other;
}
