using System.Collections.Concurrent;

namespace Waveguide.Scanning;

/// <summary>The reading of a slice, or of some of its parts, before it is committed: its threads take the parts in turn.</summary>
/// <param name="content">Where is counted what they hold.</param>
/// <param name="parts">Parts of one hour stand together.</param>
/// <param name="loadedAt">The value of <c>_loaded_at</c> in every row, UTC.</param>
internal sealed class SliceScan(SliceContent content, IReadOnlyList<FetchedPart> parts, DateTimeOffset loadedAt)
    : PartReading(content.Slice.Table)
{
    private readonly Lock _taking = new();
    private readonly ConcurrentQueue<(int Part, long Line)> _displaced = new();
    private readonly Dictionary<DuplicateFilter, int> _readers = [];
    private readonly Stack<DuplicateFilter> _spare = [];
    private DuplicateFilter? _filter;
    private int _taken;

    /// <summary>Whether the parts were verified before.</summary>
    public bool IsProven { get; init; } = true;

    public override Privacy Privacy => content.Privacy;

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
            return new PartTurn(_taken, parts[_taken++], _filter, content.Slice.Project, loadedAt);
        }
    }

    public override PartStream Open(FetchedPart part) => IsProven ? base.Open(part) : PartStream.OpenUnproven(part);

    public override Exception Damaged(FetchedPart part, InvalidDataException reason) =>
        IsProven ? base.Damaged(part, reason) : PartStream.Damaged(part, reason);

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
        content.Count(
            parts[row.Part].Hour,
            new HourContent(new HourTally(Rows: -1, 0, repaired, Duplicates: 1, Bytes: 0), Sum: 0)
        );
    }

    public override void Count(UploadHour hour, HourContent counted) => content.Count(hour, counted);

    public override void Reject(RejectedLine line) => content.Reject(line);

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
