using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Tests.Scanning;

/// <summary>A database in memory that knows the scan function; one for a class of tests, since DuckDB takes a while to open.</summary>
public sealed class ScanEngine : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(
        new DuckDbOptions { Threads = 4, PreserveInsertionOrder = false }
    );

    public ScanEngine()
    {
        using var connection = _database.Connect();
        connection.Register(Function);
    }

    internal ScanFunction Function { get; } = new();

    internal DuckDbConnection Connect() => _database.Connect();

    internal Landing Land(params IEnumerable<string> lines) => new(this, new Spool().Add(lines));

    internal Landing Land(byte[] json) => new(this, new Spool().Add(0, json));

    public void Dispose() => _database.Dispose();
}
