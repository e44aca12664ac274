namespace Waveguide.Scanning;

/// <summary>One reading of parts, shared by the threads that take part in it. Safe for concurrent use.</summary>
internal abstract class PartReading(Table table)
{
    public Table Table { get; } = table;

    public KeyIndex Keys { get; } = new(table);

    /// <summary>What the rows are delivered without.</summary>
    public virtual Privacy Privacy => Privacy.None;

    /// <summary>Threads that may take part.</summary>
    public abstract int MaxThreads { get; }

    /// <summary>Goes back to the first part, where parts may be read more than once.</summary>
    public virtual void Begin() { }

    /// <param name="last">What the thread read before; null at its beginning.</param>
    /// <returns>A part that no thread has taken; null when there is none left.</returns>
    public abstract PartTurn? Take(PartTurn? last);

    public virtual PartStream Open(FetchedPart part) => PartStream.Open(part);

    /// <summary>What is to be said of a part that is not whole.</summary>
    public virtual Exception Damaged(FetchedPart part, InvalidDataException reason) => PartStream.Changed(part, reason);

    /// <summary>Called once for each part that was taken, when nothing more is read of it.</summary>
    public virtual void Release(PartTurn turn) { }

    /// <summary>Takes back a row that was delivered before an earlier one with its key came up.</summary>
    public abstract void Displace(RowPlace row);

    /// <summary>Adds what was counted in a part that was read to its end.</summary>
    public abstract void Count(UploadHour hour, HourContent content);

    public abstract void Reject(RejectedLine line);
}

/// <summary>A part in the hands of one thread.</summary>
/// <param name="Number">Orders the parts that share a filter.</param>
/// <param name="Filter">Shared by the parts in which a key counts once.</param>
internal sealed record PartTurn(
    int Number,
    FetchedPart Part,
    DuplicateFilter Filter,
    string Project,
    DateTimeOffset LoadedAt
);

/// <summary>A reading as one statement sees it.</summary>
internal sealed class PartScan(PartReading reading) : DuckDb.TableScan
{
    public override IReadOnlyList<(string Name, DuckDb.DuckDbType Type)> Columns { get; } =
        LandedColumns.Of(reading.Table);

    public override int MaxThreads => Math.Clamp(reading.MaxThreads, 1, Environment.ProcessorCount);

    public override void Begin() => reading.Begin();

    public override DuckDb.TableScanReader OpenReader(IReadOnlyList<int> projectedColumns)
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
