using Waveguide.Simulator.Traffic;

namespace Waveguide.Simulator;

/// <summary>
/// Believable web traffic from a seed: visits with journeys, devices and places, repeated clicks, late session ends, wrong
/// clocks. Each hour is made when it is first asked for.
/// </summary>
public sealed class GeneratedTraffic : IExportData
{
    private readonly TrafficOptions _options;
    private readonly HourMaker _maker;
    private readonly PartCache _cache;

    private GeneratedTraffic(TrafficOptions options)
    {
        _options = options;
        _maker = new HourMaker(World.Load(), options);
        _cache = new PartCache(_maker, options.CacheBytes);
    }

    /// <summary>The event types it makes.</summary>
    public static IReadOnlyList<string> EventTypes => EventNames.All;

    /// <summary>The user ids that may appear in its rows.</summary>
    public static IReadOnlyList<string> Users { get; } = [.. Enumerable.Range(0, Accounts.Count).Select(Accounts.Id)];

    /// <summary>The first hour of the range, with rows or without.</summary>
    public DateTime? FirstHour => _options.FromUtc < _options.UntilUtc ? _options.FromUtc : null;

    /// <summary>The last hour of the range, with rows or without.</summary>
    public DateTime? LastHour => _options.FromUtc < _options.UntilUtc ? _options.UntilUtc.AddHours(-1) : null;

    /// <summary>Prepares the tables; no traffic yet.</summary>
    /// <exception cref="ArgumentException">A time is no whole hour, or a number is out of its range.</exception>
    public static GeneratedTraffic Create(TrafficOptions options)
    {
        foreach (var time in new[] { options.FromUtc, options.UntilUtc })
        {
            if (time.Ticks % TimeSpan.TicksPerHour != 0 || time < DateTime.UnixEpoch.AddYears(1))
            {
                throw new ArgumentException($"{time:O} must be a whole hour after 1970.", nameof(options));
            }
        }
        if (options is not { EventsPerDay: >= 0, App: > 0, Shards: >= 0 and <= 3, GzipMembers: > 0, CacheBytes: >= 0 })
        {
            throw new ArgumentException($"A number is out of its range: {options}", nameof(options));
        }
        return new GeneratedTraffic(options);
    }

    public IReadOnlyList<ExportPart> Parts(DateTime hourUtc) => Holds(hourUtc) ? _cache.Get(hourUtc) : [];

    /// <summary>What the hour holds, worked out without its files.</summary>
    public HourTruth Truth(DateTime hourUtc) =>
        Holds(hourUtc) ? _maker.Truth(hourUtc) : new HourTruth(hourUtc, 0, 0, []);

    private bool Holds(DateTime hourUtc) => hourUtc >= _options.FromUtc && hourUtc < _options.UntilUtc;
}
