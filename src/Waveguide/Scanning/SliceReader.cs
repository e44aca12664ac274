using System.Runtime.CompilerServices;
using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>
/// One thread's share of a reading: part after part, line after line, into DuckDB's vectors. What runs for each line is
/// marked to be compiled at its best at once: a scan would be half over before the runtime found out by itself.
/// </summary>
internal sealed class SliceReader : TableScanReader
{
    private readonly PartReading _reading;
    private readonly PrivateLine? _private;
    private readonly RowParser _parser;
    private readonly Provenance _provenance;
    private LineReader? _lines;
    private PartTurn? _turn;
    private FetchedPart _part;
    private HourContent _counted;

    public SliceReader(PartReading reading, int[] positions)
    {
        _reading = reading;
        var table = reading.Table;
        _private = PrivateLine.Of(table, reading.Privacy);
        _parser = new RowParser(table, reading.Keys, positions, _private);
        _provenance = new Provenance(positions.AsSpan(table.Columns.Count + 1).ToArray());
        _part = new FetchedPart(default, string.Empty, string.Empty, 0, 0, string.Empty);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Read(TableScanChunk output)
    {
        output.InvalidateAll();
        _provenance.Begin(output);
        var rows = 0;
        while (rows < output.Capacity)
        {
            if (_lines is null && !NextPart())
            {
                break;
            }

            if (!TryReadLine(out var line))
            {
                EndPart();
            }
            else if (TryAdd(line, output, rows))
            {
                rows++;
            }
        }

        return rows;
    }

    public override void Dispose()
    {
        if (_lines is not null)
        {
            _lines.Dispose();
            _reading.Release(_turn!);
        }

        base.Dispose();
    }

    private bool NextPart()
    {
        if (_reading.Take(_turn) is not { } next)
        {
            return false;
        }

        _turn = next;
        _part = next.Part;
        _lines = OpenPart();
        _provenance.Part(next);
        _counted = default;
        return true;
    }

    private LineReader OpenPart()
    {
        try
        {
            return new LineReader(_reading.Open(_part));
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            throw PartStream.Unreadable(_part, reason);
        }
    }

    private void EndPart()
    {
        _counted += new HourContent(new HourTally(0, 0, 0, 0, _lines!.Consumed), Sum: 0);
        _reading.Count(_part.Hour, _counted);
        _lines.Dispose();
        _lines = null;
        _reading.Release(_turn!);
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            return _lines!.TryRead(out line);
        }
        catch (InvalidDataException reason)
        {
            throw _reading.Damaged(_part, reason);
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            throw PartStream.Unreadable(_part, reason);
        }
    }

    private static bool IsOfDisk(Exception reason) => reason is IOException or UnauthorizedAccessException;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryAdd(ReadOnlySpan<byte> line, TableScanChunk output, int row)
    {
        var refusal = _lines!.IsCut
            ? $"longer than {LineReader.LongestLine >> 20} MB"
            : _parser.Parse(line, output, row);
        if (refusal is not null)
        {
            Reject(line, refusal);
            return false;
        }

        var key = _parser.Key ?? RowKey.Hash(line);
        var first = _parser.Key is null || IsFirst(key, new RowPlace(_turn!.Number, _lines.Number, _parser.IsRepaired));
        Count(first, key);
        if (first)
        {
            _provenance.Write(row, _lines.Number);
        }
        else
        {
            _parser.Clear();
        }

        return first;
    }

    /// <summary>Whether this row is the first of its key in its hour, by part and line, as far as is known by now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFirst(UInt128 key, RowPlace place)
    {
        var first = _turn!.Filter.IsFirst(key, place, out var displaced);
        if (displaced is { } later)
        {
            _reading.Displace(later);
        }

        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(bool first, UInt128 key)
    {
        var tally = new HourTally(
            Rows: first ? 1 : 0,
            Rejected: 0,
            Repaired: first && _parser.IsRepaired ? 1 : 0,
            Duplicates: first ? 0 : 1,
            Bytes: 0
        );
        _counted += new HourContent(tally, RowKey.Spread(key));
    }

    private void Reject(ReadOnlySpan<byte> line, string refusal)
    {
        var kept = _lines!.IsCut ? line[..(1 << 20)] : line;
        var raw = _private is null ? kept.ToArray() : PrivateLine.Masked(kept);
        _reading.Reject(new RejectedLine(_part.Hour, _part.Name, _lines.Number, _lines.Offset, refusal, raw));
        _counted += new HourContent(new HourTally(0, 1, 0, 0, 0), RowKey.Spread(RowKey.Hash(line)));
    }

    /// <summary>The columns that tell where a row came from; the same for many rows, so written once a chunk and shared.</summary>
    private sealed class Provenance(int[] positions)
    {
        private byte[] _project = [];
        private long _loadedAt;
        private byte[] _name = [];
        private long _hour;
        private TableScanChunk _chunk;
        private int _projectRow = -1;
        private int _nameRow = -1;

        public void Begin(TableScanChunk output)
        {
            _chunk = output;
            _projectRow = -1;
            _nameRow = -1;
        }

        public void Part(PartTurn turn)
        {
            _project = Encoding.UTF8.GetBytes(turn.Project);
            _name = Encoding.UTF8.GetBytes(turn.Part.Name);
            _hour = Times.ToMicros(turn.Part.Hour.Start);
            _loadedAt = Times.ToMicros(turn.LoadedAt.UtcDateTime);
            _projectRow = -1;
            _nameRow = -1;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Write(int row, long line)
        {
            Share(positions[0], row, _project, ref _projectRow);
            Share(positions[2], row, _name, ref _nameRow);
            SetInt64(positions[1], row, _hour);
            SetInt64(positions[3], row, line);
            SetInt64(positions[4], row, _loadedAt);
        }

        private void Share(int position, int row, byte[] text, ref int written)
        {
            if (position < 0)
            {
                return;
            }

            if (written < 0)
            {
                _chunk[position].SetUtf8(row, text);
                written = row;
            }
            else
            {
                _chunk[position].CopyFrom(row, written);
            }
        }

        private void SetInt64(int position, int row, long value)
        {
            if (position >= 0)
            {
                _chunk[position].SetInt64(row, value);
            }
        }
    }
}
