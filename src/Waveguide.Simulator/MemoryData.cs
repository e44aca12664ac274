using System.Collections.Concurrent;
using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator;

/// <summary>Rows given by a test, as raw lines, damaged ones as well. May be added to while it is served.</summary>
public sealed class MemoryData : IExportData
{
    private readonly ConcurrentDictionary<DateTime, IReadOnlyList<ExportPart>> _hours = new();

    /// <summary>The project's number in member names. Default 100000001.</summary>
    public long App { get; init; } = 100_000_001;

    public DateTime? FirstHour => _hours.IsEmpty ? null : _hours.Keys.Min();

    public DateTime? LastHour => _hours.IsEmpty ? null : _hours.Keys.Max();

    public bool IsInMemory => true;

    public IReadOnlyList<ExportPart> Parts(DateTime hourUtc) => _hours.GetValueOrDefault(hourUtc, []);

    /// <summary>Adds a file of the hour: each line gets a newline, and the whole becomes one gzip member.</summary>
    public MemoryData Add(DateTime hourUtc, int shard, params IReadOnlyCollection<byte[]> lines) =>
        Add(hourUtc, GzipFile.Part(PartName.Of(App, hourUtc, shard), lines));

    /// <summary>Adds a file of the hour as it is, under any name and with any bytes.</summary>
    public MemoryData Add(DateTime hourUtc, ExportPart part)
    {
        _hours.AddOrUpdate(hourUtc, [part], (_, parts) => [.. parts, part]);
        return this;
    }

    /// <summary>Takes all files of the hour away.</summary>
    public MemoryData Clear(DateTime hourUtc)
    {
        _hours.TryRemove(hourUtc, out _);
        return this;
    }
}
