namespace Waveguide.DuckDb;

/// <summary>Reads a share of a scan's rows. Used by one thread at a time.</summary>
public abstract class TableScanReader : IDisposable
{
    /// <summary>
    /// Fills rows from 0 on and returns how many; 0 ends this reader. A row's columns start out undefined, not NULL:
    /// set each, or call <see cref="TableScanChunk.InvalidateAll"/> first.
    /// </summary>
    public abstract int Read(TableScanChunk output);

    /// <summary>Must not throw.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
