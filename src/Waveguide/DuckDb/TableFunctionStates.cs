using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>What DuckDB holds for a registered function.</summary>
internal sealed record FunctionState(TableFunction Function, CallbackFailures Failures);

/// <summary>What DuckDB holds for one bound use of a function.</summary>
internal sealed class BindState(TableScan scan, CallbackFailures failures, ulong connection) : IDisposable
{
    internal TableScan Scan => scan;

    internal void Failed(Exception exception) => failures.Add(connection, exception);

    public void Dispose() => scan.Dispose();
}

/// <summary>What DuckDB holds for one scanning thread: its reader and where the reader's columns are in the output.</summary>
internal sealed unsafe class ReaderState : IDisposable
{
    private readonly BindState _bind;
    private readonly TableScanReader _reader;
    private readonly int[] _positions;
    private readonly int _capacity = checked((int)NativeMethods.duckdb_vector_size());
    private VectorState* _columns;

    /// <param name="positions">For each projected column, its place in the output chunk.</param>
    internal ReaderState(BindState bind, IReadOnlyList<int> projected, int[] positions)
    {
        _bind = bind;
        _positions = positions;
        int[] widths = [.. projected.Select(column => VectorState.WidthOf(bind.Scan.Columns[column].Type))];
        _reader = bind.Scan.OpenReader(projected);
        _columns = (VectorState*)
            NativeMemory.AllocZeroed((nuint)Math.Max(1, widths.Length), (nuint)sizeof(VectorState));
        for (int index = 0; index < widths.Length; index++)
        {
            _columns[index].Width = widths[index];
        }
    }

    internal void Failed(Exception exception) => _bind.Failed(exception);

    internal int Fill(nint output)
    {
        for (int index = 0; index < _positions.Length; index++)
        {
            _columns[index]
                .Refresh(NativeMethods.duckdb_data_chunk_get_vector(output, (ulong)_positions[index]), _capacity);
        }
        int rows = _reader.Read(new TableScanChunk(_columns, _positions.Length, _capacity));
        return (uint)rows <= (uint)_capacity
            ? rows
            : throw new InvalidOperationException(
                $"{_reader.GetType()} returned {rows} rows; 0 to {_capacity} are possible."
            );
    }

    public void Dispose()
    {
        NativeMemory.Free(_columns);
        _columns = null;
        _reader.Dispose();
    }
}
