using System.Collections.Immutable;

namespace Waveguide.DuckDb;

/// <summary>
/// Up to 2,048 rows in DuckDB's own memory. Spans and columns taken from it must not be used after the result has moved
/// on; columns check this, spans cannot.
/// </summary>
public sealed class DuckDbChunk
{
    private readonly IReadOnlyList<DuckDbColumn> _columns;
    private readonly DuckDbVector[] _vectors;
    private readonly ChunkHandle _chunk;

    internal DuckDbChunk(ChunkHandle chunk, IReadOnlyList<DuckDbColumn> columns, ImmutableArray<TypeShape> shapes)
    {
        _chunk = chunk;
        _columns = columns;
        RowCount = checked((int)NativeMethods.duckdb_data_chunk_get_size(chunk));
        _vectors = new DuckDbVector[columns.Count];
        for (int index = 0; index < _vectors.Length; index++)
        {
            nint vector = NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)index);
            _vectors[index] = new DuckDbVector(this, columns[index], shapes[index], vector);
        }
    }

    public int RowCount { get; }

    public int ColumnCount => _vectors.Length;

    public DuckDbVector this[int column] => _vectors[column];

    public DuckDbRow GetRow(int row) => new(_columns, Array.ConvertAll(_vectors, vector => vector.GetValue(row)));

    internal bool IsReleased => _chunk.IsClosed;

    internal void Release() => _chunk.Dispose();
}
