using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>One thread's share of a reading: part after part, line after line, into DuckDB's vectors.</summary>
internal sealed class SliceReader : TableScanReader
{
    private readonly SliceScan reading;
    private readonly RowParser parser;
    private readonly Provenance provenance;
    private LineReader? lines;
    private FetchedPart part;
    private int partNumber;
    private HourContent counted;

    public SliceReader(SliceScan reading, int[] positions)
    {
        this.reading = reading;
        var table = reading.Scan.Slice.Table;
        parser = new RowParser(table, reading.Keys, positions);
        provenance = new Provenance(reading.Scan, positions.AsSpan(table.Columns.Count + 1).ToArray());
        part = new FetchedPart(default, string.Empty, string.Empty, 0, 0, string.Empty);
    }

    public override int Read(TableScanChunk output)
    {
        output.InvalidateAll();
        provenance.Begin(output);
        var rows = 0;
        while (rows < output.Capacity)
        {
            if (lines is null && !NextPart())
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
        lines?.Dispose();
        base.Dispose();
    }

    private bool NextPart()
    {
        if (reading.Take() is not { } next)
        {
            return false;
        }

        partNumber = next;
        part = reading.Scan.Fetched.Parts[next];
        lines = new LineReader(PartStream.Open(part));
        provenance.Part(part);
        counted = default;
        return true;
    }

    private void EndPart()
    {
        counted += new HourContent(new HourTally(0, 0, 0, 0, lines!.Consumed), Sum: 0);
        reading.Scan.Count(part.Hour, counted);
        lines.Dispose();
        lines = null;
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            return lines!.TryRead(out line);
        }
        catch (InvalidDataException reason)
        {
            throw new SourceException(
                SourceFailure.Damaged,
                $"{reading.Scan.Slice}: {part.Name} changed on disk after it was verified: {reason.Message}.",
                reason
            );
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> line, TableScanChunk output, int row)
    {
        var refusal = lines!.IsCut ? $"longer than {LineReader.LongestLine >> 20} MB" : parser.Parse(line, output, row);
        if (refusal is not null)
        {
            Clear(output, row);
            Reject(line, refusal);
            return false;
        }

        var key = parser.Key ?? RowKey.Hash(line);
        var first = parser.Key is null || reading.IsFirst(key, partNumber, lines.Number);
        Count(first, key);
        if (first)
        {
            provenance.Write(row, lines.Number);
        }
        else
        {
            Clear(output, row);
        }

        return first;
    }

    private void Count(bool first, UInt128 key)
    {
        var tally = new HourTally(
            Rows: first ? 1 : 0,
            Rejected: 0,
            Repaired: parser.IsRepaired ? 1 : 0,
            Duplicates: first ? 0 : 1,
            Bytes: 0
        );
        counted += new HourContent(tally, RowKey.Spread(key));
    }

    private void Reject(ReadOnlySpan<byte> line, string refusal)
    {
        var kept = lines!.IsCut ? line[..(1 << 20)] : line;
        reading.Scan.Reject(
            new RejectedLine(part.Hour, part.Name, lines.Number, lines.Offset, refusal, kept.ToArray())
        );
        counted += new HourContent(new HourTally(0, 1, 0, 0, 0), RowKey.Spread(RowKey.Hash(line)));
    }

    private static void Clear(TableScanChunk output, int row)
    {
        for (var column = 0; column < output.ColumnCount; column++)
        {
            output[column].SetNull(row);
        }
    }

    /// <summary>The columns that tell where a row came from; the same for many rows, so written once a chunk and shared.</summary>
    private sealed class Provenance(Scan scan, int[] positions)
    {
        private readonly byte[] project = Encoding.UTF8.GetBytes(scan.Slice.Project);
        private readonly long loadedAt = Micros(scan.LoadedAt.UtcDateTime);
        private byte[] name = [];
        private long hour;
        private TableScanChunk chunk;
        private int projectRow = -1;
        private int nameRow = -1;

        public void Begin(TableScanChunk output)
        {
            chunk = output;
            projectRow = -1;
            nameRow = -1;
        }

        public void Part(FetchedPart part)
        {
            name = Encoding.UTF8.GetBytes(part.Name);
            hour = Micros(part.Hour.Start);
            nameRow = -1;
        }

        public void Write(int row, long line)
        {
            Share(positions[0], row, project, ref projectRow);
            Share(positions[2], row, name, ref nameRow);
            SetInt64(positions[1], row, hour);
            SetInt64(positions[3], row, line);
            SetInt64(positions[4], row, loadedAt);
        }

        private void Share(int position, int row, byte[] text, ref int written)
        {
            if (position < 0)
            {
                return;
            }

            if (written < 0)
            {
                chunk[position].SetUtf8(row, text);
                written = row;
            }
            else
            {
                chunk[position].CopyFrom(row, written);
            }
        }

        private void SetInt64(int position, int row, long value)
        {
            if (position >= 0)
            {
                chunk[position].SetInt64(row, value);
            }
        }

        private static long Micros(DateTime moment) =>
            (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
