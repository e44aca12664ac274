using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

/// <summary>A database in memory with one connection, fresh for each test.</summary>
public abstract class InMemory : IDisposable
{
    private protected InMemory(DuckDbOptions? options = null)
    {
        Database = DuckDbDatabase.Open(options ?? new DuckDbOptions { Threads = 2 });
        Connection = Database.Connect();
    }

    private protected DuckDbDatabase Database { get; }

    private protected DuckDbConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        GC.SuppressFinalize(this);
    }
}
