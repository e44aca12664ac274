namespace Waveguide.DuckDb;

/// <summary>One use of a table function; DuckDB opens a reader on each thread that scans. Disposed with the statement's plan.</summary>
public abstract class TableScan : IDisposable
{
    /// <summary>Boolean, Integer, BigInt, UBigInt, Double, Varchar, Json, Blob, Uuid, Date, Timestamp and TimestampTz can be returned.</summary>
    public abstract IReadOnlyList<(string Name, DuckDbType Type)> Columns { get; }

    /// <summary>Readers that may be open at once; by default one.</summary>
    public virtual int MaxThreads => 1;

    /// <summary>An estimate of the rows, for the planner.</summary>
    public virtual long? Cardinality => null;

    /// <summary>Called before the rows are read, and again before a statement that recurs reads all of them once more.</summary>
    public virtual void Begin() { }

    /// <summary>Called from any thread, several at once when <see cref="MaxThreads"/> allows it.</summary>
    /// <param name="projectedColumns">Indexes into <see cref="Columns"/> of those the statement needs, in the order of the chunk's columns.</param>
    public abstract TableScanReader OpenReader(IReadOnlyList<int> projectedColumns);

    /// <summary>Called once, from any thread, after every reader is disposed; must not throw.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
