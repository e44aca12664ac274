using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>One reading of a slice, shared by the threads that take part in it: they take its parts in turn.</summary>
internal sealed class SliceScan(Scan scan)
{
    private readonly ConcurrentQueue<(int Part, long Line)> _displaced = new();
    private DuplicateFilter _filter = new();
    private int _taken;

    public Scan Scan { get; } = scan;

    public KeyIndex Keys { get; } = new(scan.Slice.Table);

    public IReadOnlyList<(string Part, long Line)> Displaced =>
        [.. _displaced.Select(place => (Scan.Fetched.Parts[place.Part].Name, place.Line))];

    public void Restart()
    {
        _filter = new DuplicateFilter();
        _displaced.Clear();
        _taken = 0;
    }

    /// <returns>The position of a part that no thread has taken; null when there is none left.</returns>
    public int? Take()
    {
        var part = Interlocked.Increment(ref _taken) - 1;
        return part < Scan.Fetched.Parts.Count ? part : null;
    }

    /// <summary>Whether this row is the first of its key, by part and line, as far as is known by now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsFirst(UInt128 key, RowPlace place)
    {
        var first = _filter.IsFirst(key, place, out var displaced);
        if (displaced is { } later)
        {
            _displaced.Enqueue((later.Part, later.Line));
            var repaired = later.IsRepaired ? -1 : 0;
            Scan.Count(
                Scan.Fetched.Parts[later.Part].Hour,
                new HourContent(new HourTally(Rows: -1, 0, repaired, Duplicates: 1, Bytes: 0), Sum: 0)
            );
        }

        return first;
    }
}

/// <summary>A slice's reading as one statement sees it.</summary>
internal sealed class SliceScanBinding(SliceScan reading) : TableScan
{
    public override IReadOnlyList<(string Name, DuckDbType Type)> Columns { get; } =
        LandedColumns.Of(reading.Scan.Slice.Table);

    public override int MaxThreads { get; } =
        Math.Clamp(reading.Scan.Fetched.Parts.Count, 1, Environment.ProcessorCount);

    public override TableScanReader OpenReader(IReadOnlyList<int> projectedColumns)
    {
        var positions = new int[Columns.Count];
        Array.Fill(positions, -1);
        for (var position = 0; position < projectedColumns.Count; position++)
        {
            positions[projectedColumns[position]] = position;
        }

        return new SliceReader(reading, positions);
    }
}
