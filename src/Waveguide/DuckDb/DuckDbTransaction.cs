namespace Waveguide.DuckDb;

/// <summary>All or nothing: what is not committed when this is disposed never happened.</summary>
public sealed class DuckDbTransaction : IDisposable
{
    private readonly DuckDbConnection _connection;
    private bool _ended;

    internal DuckDbTransaction(DuckDbConnection connection)
    {
        _connection = connection;
        connection.Execute("BEGIN TRANSACTION");
    }

    /// <exception cref="DuckDbException">Another transaction won, or a constraint failed; DuckDB has rolled back.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _ended = true;
        _connection.Execute("COMMIT");
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }
        _ended = true;
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (DuckDbException)
        {
            // DuckDB has ended the transaction itself; nothing of it was kept.
        }
        catch (ObjectDisposedException)
        {
            // Closing the connection rolled back.
        }
    }
}
