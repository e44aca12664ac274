using System.Text;
using Waveguide.Scanning;

namespace Waveguide.Tests.Simulation;

/// <summary>A destination that keeps its contract, in memory: thousands of whole runs a minute.</summary>
internal sealed class MemoryDestination(SimulatedSource source, TimeProvider clock) : IDestination
{
    private readonly Dictionary<UploadHour, HourRecord> _ledger = [];
    private readonly Dictionary<UploadHour, IReadOnlyList<string>> _rows = [];

    public ILookup<UploadHour, string> Rows =>
        _rows
            .SelectMany(hour => hour.Value.Select(row => (hour.Key, row)))
            .ToLookup(pair => pair.Key, pair => pair.row);

    public Coverage Coverage => new(_ledger.Values);

    public bool KeepsParts => false;

    public Task<Coverage> CoverageAsync(string project, Table table, CancellationToken cancellationToken) =>
        Task.FromResult(Coverage);

    public async Task<Manifest> LoadAsync(Scan scan, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var slice = scan.Slice;
        scan.Content.Clear();
        foreach (var hour in slice.Hours.Hours())
        {
            var rows = source.Rows(scan.Fetched, hour);
            var keys = rows.Select(row => RowKey.Spread(RowKey.Of(Encoding.UTF8.GetBytes(row))));
            var sum = keys.Aggregate(default(UInt128), (sum, key) => unchecked(sum + key));
            scan.Content.Count(hour, new HourContent(new HourTally(rows.Count, 0, 0, 0, 0), sum));
        }

        var records = slice.Hours.Hours().Select(hour => Record(scan, hour)).ToList();
        var replaced = records
            .Where(record =>
                _ledger.TryGetValue(record.Hour, out var before)
                && before.State.IsLoaded()
                && before.Fingerprint != record.Fingerprint
            )
            .Select(record => record.Hour)
            .ToList();
        foreach (var record in records)
        {
            _ledger[record.Hour] = record;
            _rows[record.Hour] = source.Rows(scan.Fetched, record.Hour);
        }

        return new Manifest(slice, records, replaced, [], ToolVersion.Text, scan.LoadedAt);
    }

    public Task MarkAsync(Slice slice, HourState state, string reason, CancellationToken cancellationToken)
    {
        foreach (var hour in slice.Hours.Hours().Where(hour => !new Coverage(_ledger.Values).Holds(hour)))
        {
            _ledger[hour] = new HourRecord(hour, state, default, null, slice.Window, clock.GetUtcNow(), reason);
        }

        return Task.CompletedTask;
    }

    public Task<int> ForgetAsync(Slice slice, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueryResult> QueryAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static HourRecord Record(Scan scan, UploadHour hour)
    {
        var content = scan.Content[hour];
        return new HourRecord(
            hour,
            scan.StateOf(hour),
            content.Tally,
            content.Fingerprint,
            scan.Slice.Window,
            scan.LoadedAt
        );
    }
}
