using System.Collections.Concurrent;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>
/// The table function through which DuckDB reads slices: <c>FROM waveguide_scan(number)</c>, with the number that
/// <see cref="Open"/> gave. Register it once on a database. Safe for concurrent use.
/// </summary>
public sealed class ScanFunction : TableFunction
{
    private readonly ConcurrentDictionary<long, SliceScan> _open = new();
    private long _last;

    public override string Name => "waveguide_scan";

    public override IReadOnlyList<DuckDbType> Parameters { get; } = [DuckDbType.BigInt];

    /// <summary>Makes a scan readable until what is returned is disposed.</summary>
    public ScanRelation Open(Scan scan) => OpenParts(scan, scan.Fetched.Parts);

    /// <summary>Makes some parts of a scan readable until what is returned is disposed.</summary>
    /// <param name="parts">Parts of one hour stand together, for a key counts once in them.</param>
    public ScanRelation OpenParts(Scan scan, IReadOnlyList<FetchedPart> parts)
    {
        var number = Interlocked.Increment(ref _last);
        var relation = new ScanRelation(scan, parts, number, () => _open.TryRemove(number, out _));
        _open[number] = relation.Reading;
        return relation;
    }

    public override TableScan Bind(IReadOnlyList<object?> arguments)
    {
        var number = (long)arguments[0]!;
        return _open.TryGetValue(number, out var reading)
            ? new PartScan(reading)
            : throw new InvalidOperationException($"There is no scan {number}.");
    }
}
