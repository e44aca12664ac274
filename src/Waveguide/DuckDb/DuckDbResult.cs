using System.Collections.Immutable;

namespace Waveguide.DuckDb;

/// <summary>
/// The rows of a query, a chunk at a time. A SELECT streams: only a small buffer of chunks is in memory, and the query
/// runs on as they are fetched. Not thread-safe.
/// </summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly ResultHandle _handle;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<TypeShape> _shapes;
    private DuckDbChunk? _current;
    private bool _ended;
    private bool _superseded;

    internal unsafe DuckDbResult(
        DuckDbConnection connection,
        ResultHandle handle,
        bool streaming,
        CancellationToken cancellationToken
    )
    {
        _connection = connection;
        _handle = handle;
        _cancellationToken = cancellationToken;
        int count = checked((int)NativeMethods.duckdb_column_count(handle));
        var columns = ImmutableArray.CreateBuilder<DuckDbColumn>(count);
        var shapes = ImmutableArray.CreateBuilder<TypeShape>(count);
        for (ulong index = 0; index < (ulong)count; index++)
        {
            var shape = TypeShape.Take(NativeMethods.duckdb_column_logical_type(handle, index));
            string name = NativeText.Read(NativeMethods.duckdb_column_name(handle, index));
            shapes.Add(shape);
            columns.Add(new DuckDbColumn(name, shape.Type, shape.SqlType));
        }
        Columns = columns.MoveToImmutable();
        _shapes = shapes.MoveToImmutable();
        if (streaming)
        {
            connection.Unread(this);
        }
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The next rows, or null after the last. The chunk lives until the next call or until the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another statement ran on the connection before the rows were read.</exception>
    /// <exception cref="OperationCanceledException">The token given to the query was cancelled.</exception>
    public unsafe DuckDbChunk? FetchChunk()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _current?.Release();
        _current = null;
        if (_ended)
        {
            return null;
        }
        if (_superseded)
        {
            throw new InvalidOperationException(
                "A later statement on the same connection ended this result before it was read; read it first, or use a second connection."
            );
        }
        nint chunk;
        using (_connection.InterruptOn(_cancellationToken))
        {
            chunk = NativeMethods.duckdb_fetch_chunk(*_handle.Pointer);
        }
        if (chunk == 0)
        {
            End();
            return null;
        }
        return _current = new DuckDbChunk(new ChunkHandle(chunk), Columns, _shapes);
    }

    /// <summary>The rows that are left, as objects.</summary>
    /// <inheritdoc cref="FetchChunk" path="/exception"/>
    public IEnumerable<DuckDbRow> Rows()
    {
        while (FetchChunk() is { } chunk)
        {
            for (int row = 0; row < chunk.RowCount; row++)
            {
                yield return chunk.GetRow(row);
            }
        }
    }

    public void Dispose()
    {
        if (_handle.IsClosed)
        {
            return;
        }
        _current?.Release();
        _handle.Dispose();
        _connection.Abandon(this);
    }

    internal void Supersede() => _superseded = true;

    private unsafe void End()
    {
        _ended = true;
        _connection.Finished(this);
        string error = NativeText.Read(NativeMethods.duckdb_result_error(_handle));
        if (error.Length > 0)
        {
            _connection.Throw(error, _cancellationToken);
        }
    }
}
