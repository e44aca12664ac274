using System.Collections.Concurrent;

namespace Waveguide.Scanning;

/// <summary>The reading of a slice, or of some of its parts, before it is committed: its threads take the parts in turn.</summary>
/// <param name="parts">Parts of one hour stand together.</param>
internal sealed class SliceScan(Scan scan, IReadOnlyList<FetchedPart> parts) : PartReading(scan.Slice.Table)
{
    private readonly Lock _taking = new();
    private readonly ConcurrentQueue<(int Part, long Line)> _displaced = new();
    private readonly Dictionary<DuplicateFilter, int> _readers = [];
    private readonly Stack<DuplicateFilter> _spare = [];
    private DuplicateFilter? _filter;
    private int _taken;

    public override Privacy Privacy => scan.Privacy;

    public override int MaxThreads => parts.Count;

    public IReadOnlyList<(string Part, long Line)> Displaced =>
        [.. _displaced.Select(place => (parts[place.Part].Name, place.Line))];

    public void Restart()
    {
        _displaced.Clear();
        _readers.Clear();
        _filter = null;
        _taken = 0;
    }

    /// <remarks>
    /// An hour's filter serves no longer than the reading of its parts, which come hour by hour; a later hour takes it,
    /// for left to the garbage collector, the filters of large hours are much of what a reading holds.
    /// </remarks>
    public override PartTurn? Take(PartTurn? last)
    {
        lock (_taking)
        {
            if (_taken == parts.Count)
            {
                return null;
            }

            if (_filter is null || parts[_taken].Hour != parts[_taken - 1].Hour)
            {
                var before = _filter;
                _filter = null;
                Spare(before);
                _filter = _spare.TryPop(out var spare) ? spare : new DuplicateFilter();
            }

            _readers[_filter] = _readers.GetValueOrDefault(_filter) + 1;
            return new PartTurn(_taken, parts[_taken++], _filter, scan.Slice.Project, scan.LoadedAt);
        }
    }

    public override void Release(PartTurn turn)
    {
        lock (_taking)
        {
            // A reading that failed may end after the next one began, which forgot its filters.
            if (_readers.TryGetValue(turn.Filter, out var readers))
            {
                _readers[turn.Filter] = readers - 1;
                Spare(turn.Filter);
            }
        }
    }

    public override void Displace(RowPlace row)
    {
        _displaced.Enqueue((row.Part, row.Line));
        var repaired = row.IsRepaired ? -1 : 0;
        scan.Count(
            parts[row.Part].Hour,
            new HourContent(new HourTally(Rows: -1, 0, repaired, Duplicates: 1, Bytes: 0), Sum: 0)
        );
    }

    public override void Count(UploadHour hour, HourContent content) => scan.Count(hour, content);

    public override void Reject(RejectedLine line) => scan.Reject(line);

    /// <summary>Keeps the filter for a later hour, if its own is read to the end.</summary>
    private void Spare(DuplicateFilter? filter)
    {
        if (filter is not null && filter != _filter && _readers[filter] == 0)
        {
            _readers.Remove(filter);
            filter.Clear();
            _spare.Push(filter);
        }
    }
}
