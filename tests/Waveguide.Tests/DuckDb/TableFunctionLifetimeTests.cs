using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class TableFunctionLifetimeTests : InMemory
{
    public TableFunctionLifetimeTests()
        : base(new DuckDbOptions { Threads = 4, PreserveInsertionOrder = false }) { }

    [Fact]
    public void Scans_and_readers_are_freed_when_their_statement_ends()
    {
        var function = new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            MaxThreads = 4,
            OnRead = (_, _) => 0,
        };
        Connection.Register(function);
        for (int run = 0; run < 2000; run++)
        {
            Connection.Execute("from rows_of()");
        }
        Assert.Equal((0, 0), (function.OpenScans, function.OpenReaders));
        Assert.True(function.TotalReaders >= 2000);
    }

    [Fact]
    public void A_half_read_stream_frees_its_scan_when_disposed()
    {
        TestFunction function = Numbers(rows: 1_000_000);
        Connection.Register(function);
        using (DuckDbResult result = Connection.Query("from rows_of()"))
        {
            Assert.NotNull(result.FetchChunk());
            Assert.Equal(1, function.OpenScans);
        }
        Assert.Equal((0, 0), (function.OpenScans, function.OpenReaders));
    }

    [Fact]
    public void A_stream_read_to_its_end_frees_its_scan()
    {
        TestFunction function = Numbers(rows: 100_000);
        Connection.Register(function);
        using DuckDbResult result = Connection.Query("from rows_of()");
        Assert.Equal(100_000, result.Rows().Count());
        Assert.Equal(0, function.OpenReaders);
    }

    [Fact]
    public void A_registered_function_is_freed_with_its_database()
    {
        WeakReference reference = RegisterAndClose();
        for (int attempt = 0; attempt < 10 && reference.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(reference.IsAlive);
    }

    [Fact]
    public void A_name_is_registered_once()
    {
        Connection.Register(Numbers(rows: 1));
        Assert.Throws<InvalidOperationException>(() => Connection.Register(Numbers(rows: 1)));
        Assert.Equal(1, Connection.Scalar("select 1"));
    }

    [Fact]
    public void A_scan_is_bound_again_for_each_run_of_a_prepared_statement_or_reused_but_never_leaked()
    {
        int total = 0;
        var function = new TestFunction
        {
            ParameterTypes = [DuckDbType.BigInt],
            Columns = [("i", DuckDbType.BigInt)],
            OnBind = _ => total++,
            OnRead = (_, _) => 0,
        };
        Connection.Register(function);
        using (DuckDbStatement statement = Connection.Prepare("from rows_of($1)"))
        {
            for (long run = 0; run < 100; run++)
            {
                statement.Bind(1, run).Execute();
            }
            Assert.True(function.OpenScans <= 1);
        }
        Assert.Equal(0, function.OpenScans);
        Assert.True(total >= 1);
    }

    private static TestFunction Numbers(int rows)
    {
        int next = 0;
        return new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            OnRead = (_, chunk) =>
            {
                int count = Math.Min(chunk.Capacity, rows - next);
                for (int row = 0; row < count; row++)
                {
                    chunk[0].SetInt64(row, next + row);
                }
                next += count;
                return count;
            },
        };
    }

    private static WeakReference RegisterAndClose()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(new DuckDbOptions());
        using DuckDbConnection connection = database.Connect();
        TestFunction function = Numbers(rows: 1);
        connection.Register(function);
        return new WeakReference(function);
    }
}
