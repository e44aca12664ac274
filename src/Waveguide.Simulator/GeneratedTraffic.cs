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

    public DateTime? FirstHour => _options.FromUtc < _options.UntilUtc ? _options.FromUtc : null;

    public DateTime? LastHour => _options.FromUtc < _options.UntilUtc ? _options.UntilUtc.AddHours(-1) : null;

    public static GeneratedTraffic Create(TrafficOptions options) => new(options);

    public IReadOnlyList<ExportPart> Parts(DateTime hourUtc) => Holds(hourUtc) ? _cache.Get(hourUtc) : [];

    /// <summary>What the hour holds, worked out without its files.</summary>
    public HourTruth Truth(DateTime hourUtc) =>
        Holds(hourUtc) ? _maker.Truth(hourUtc) : new HourTruth(hourUtc, 0, 0, []);

    private bool Holds(DateTime hourUtc) => hourUtc >= _options.FromUtc && hourUtc < _options.UntilUtc;
}
