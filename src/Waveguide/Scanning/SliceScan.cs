using System.Collections.Concurrent;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>One reading of a slice, shared by the threads that take part in it: they take its parts in turn.</summary>
internal sealed class SliceScan(Scan scan)
{
    private readonly Lock _taking = new();
    private readonly ConcurrentQueue<(int Part, long Line)> _displaced = new();
    private DuplicateFilter? _filter;
    private int _taken;

    public Scan Scan { get; } = scan;

    public KeyIndex Keys { get; } = new(scan.Slice.Table);

    public IReadOnlyList<(string Part, long Line)> Displaced =>
        [.. _displaced.Select(place => (Scan.Fetched.Parts[place.Part].Name, place.Line))];

    public void Restart()
    {
        _displaced.Clear();
        _filter = null;
        _taken = 0;
    }

    /// <summary>
    /// The position of a part that no thread has taken, with the filter that the parts of its hour share; null when there
    /// is none left. An hour's filter lives no longer than the reading of its parts, which come hour by hour.
    /// </summary>
    public (int Part, DuplicateFilter Filter)? Take()
    {
        var parts = Scan.Fetched.Parts;
        lock (_taking)
        {
            if (_taken == parts.Count)
            {
                return null;
            }

            if (_filter is null || parts[_taken].Hour != parts[_taken - 1].Hour)
            {
                _filter = new DuplicateFilter();
            }

            return (_taken++, _filter);
        }
    }

    /// <summary>Takes back a row that was delivered before an earlier one with its key came up.</summary>
    public void Displace(RowPlace row)
    {
        _displaced.Enqueue((row.Part, row.Line));
        var repaired = row.IsRepaired ? -1 : 0;
        Scan.Count(
            Scan.Fetched.Parts[row.Part].Hour,
            new HourContent(new HourTally(Rows: -1, 0, repaired, Duplicates: 1, Bytes: 0), Sum: 0)
        );
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
