using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class TableFunctionTests : InMemory
{
    public TableFunctionTests()
        : base(new DuckDbOptions { Threads = 4, PreserveInsertionOrder = false }) { }

    [Fact]
    public void A_function_is_pulled_from_several_threads_at_once()
    {
        using var meeting = new Barrier(2);
        int given = 0;
        var function = new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            MaxThreads = 2,
            OnRead = (_, chunk) =>
            {
                int mine = Interlocked.Increment(ref given);
                if (mine > 200)
                {
                    return 0;
                }
                // Two readers must be inside at the same time for the first two chunks to be made.
                if (mine <= 2)
                {
                    Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(30)));
                }
                for (int row = 0; row < chunk.Capacity; row++)
                {
                    chunk[0].SetInt64(row, row);
                }
                return chunk.Capacity;
            },
        };
        Connection.Register(function);
        Connection.Execute("create table t as from rows_of()");
        Assert.Equal(200L * 2048, Connection.Scalar("select count(*) from t"));
        Assert.Equal(2, function.ReadingThreads.Count);
        Assert.Equal(2, function.TotalReaders);
    }

    [Fact]
    public void Only_the_columns_a_statement_needs_are_asked_for()
    {
        List<int[]> asked = [];
        Connection.Register(
            new TestFunction
            {
                Columns = [("a", DuckDbType.BigInt), ("b", DuckDbType.Varchar), ("c", DuckDbType.Double)],
                OnOpen = projected => asked.Add([.. projected]),
                OnRead = VectorWriterTests.Once(chunk =>
                {
                    for (int column = 0; column < chunk.ColumnCount; column++)
                    {
                        chunk[column].SetNull(0);
                    }
                    return 1;
                }),
            }
        );
        Assert.Equal(1L, Connection.Scalar("select count(*) from rows_of() where c is null and a is null"));
        int[] columns = Assert.Single(asked);
        Assert.Equal([0, 2], columns.Order());
    }

    [Fact]
    public void Counting_rows_works_without_any_column()
    {
        Connection.Register(
            new TestFunction
            {
                Columns = [("a", DuckDbType.Varchar)],
                OnRead = VectorWriterTests.Once(chunk =>
                {
                    chunk.InvalidateAll();
                    return 42;
                }),
            }
        );
        Assert.Equal(42L, Connection.Scalar("select count(*) from rows_of()"));
    }

    [Fact]
    public void Arguments_arrive_by_their_type()
    {
        IReadOnlyList<object?> given = [];
        Connection.Register(
            new TestFunction
            {
                ParameterTypes =
                [
                    DuckDbType.BigInt,
                    DuckDbType.Varchar,
                    DuckDbType.Boolean,
                    DuckDbType.Double,
                    DuckDbType.Timestamp,
                    DuckDbType.Uuid,
                    DuckDbType.Blob,
                    DuckDbType.Date,
                    DuckDbType.Varchar,
                ],
                Columns = [("a", DuckDbType.BigInt)],
                OnBind = arguments => given = arguments,
                OnRead = (_, _) => 0,
            }
        );
        Guid guid = Guid.Parse("f47ac10b-58cc-4372-8567-0e02b2c3d479");
        var time = new DateTime(2025, 7, 9, 14, 1, 2, DateTimeKind.Utc);
        Connection.Execute(
            "select * from rows_of($1, $2, $3, $4, $5, $6, $7, $8, null)",
            [long.MinValue, "héllo", true, 1.5, time, guid, new byte[] { 0, 255 }, new DateOnly(2025, 7, 9)]
        );
        Assert.Equal(
            [long.MinValue, "héllo", true, 1.5, time, guid, new byte[] { 0, 255 }, new DateOnly(2025, 7, 9), null],
            given
        );
    }

    [Theory]
    [InlineData("bind")]
    [InlineData("open")]
    [InlineData("read")]
    public void An_exception_reaches_the_caller_as_thrown(string place)
    {
        var thrown = new InvalidDataException("line 7 is broken \0 \U0001F4A5");
        void ThrowAt(string here)
        {
            if (here == place)
            {
                throw thrown;
            }
        }
        var function = new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            MaxThreads = 4,
            OnBind = _ => ThrowAt("bind"),
            OnOpen = _ => ThrowAt("open"),
            OnRead = (_, _) =>
            {
                ThrowAt("read");
                return 0;
            },
        };
        Connection.Register(function);
        Assert.Same(thrown, Assert.Throws<InvalidDataException>(() => Connection.Execute("from rows_of()")));
        Assert.Same(
            thrown,
            Assert.Throws<InvalidDataException>(() =>
            {
                using DuckDbResult result = Connection.Query("from rows_of()");
                _ = result.Rows().Count();
            })
        );
        Assert.Equal(1, Connection.Scalar("select 1"));
        Assert.Equal((0, 0), (function.OpenScans, function.OpenReaders));
    }

    [Fact]
    public void An_exception_on_one_connection_does_not_surface_on_another()
    {
        Connection.Register(
            new TestFunction
            {
                Columns = [("i", DuckDbType.BigInt)],
                OnRead = (_, _) => throw new InvalidDataException("mine"),
            }
        );
        using DuckDbConnection other = Database.Connect();
        Assert.Throws<InvalidDataException>(() => Connection.Execute("from rows_of()"));
        Assert.Throws<DuckDbException>(() => other.Execute("select error('yours')"));
        Assert.Throws<InvalidDataException>(() => other.Execute("from rows_of()"));
        Assert.Throws<DuckDbException>(() => Connection.Execute("select error('yours')"));
    }

    [Fact]
    public async Task Each_of_several_connections_gets_its_own_exception()
    {
        Connection.Register(
            new TestFunction
            {
                ParameterTypes = [DuckDbType.Varchar],
                Columns = [("i", DuckDbType.BigInt)],
                OnBind = arguments => throw new InvalidDataException((string)arguments[0]!),
                OnRead = (_, _) => 0,
            }
        );
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => FailOften($"task {number}"))));
        Assert.Equal(1, Connection.Scalar("select 1"));
    }

    [Fact]
    public void An_endless_scan_is_interrupted_and_freed()
    {
        using var stop = new CancellationTokenSource();
        var function = new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            MaxThreads = 4,
            OnRead = (_, chunk) =>
            {
                stop.Cancel();
                chunk.InvalidateAll();
                return chunk.Capacity;
            },
        };
        Connection.Register(function);
        var error = Assert.Throws<OperationCanceledException>(() =>
            Connection.Execute("create table t as from rows_of()", stop.Token)
        );
        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.Equal((0, 0), (function.OpenScans, function.OpenReaders));
        Assert.Equal(0L, Connection.Scalar("select count(*) from duckdb_tables()"));
    }

    [Fact]
    public void A_scan_that_gives_up_on_cancellation_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        Connection.Register(
            new TestFunction
            {
                Columns = [("i", DuckDbType.BigInt)],
                OnRead = (_, _) =>
                {
                    stop.Cancel();
                    throw new OperationCanceledException();
                },
            }
        );
        var error = Assert.Throws<OperationCanceledException>(() => Connection.Execute("from rows_of()", stop.Token));
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public void A_parallel_scan_fills_an_attached_file_in_one_transaction()
    {
        string folder = Directory.CreateTempSubdirectory("waveguide-duckdb-").FullName;
        TestFunction function = SharedNumbers(rows: 500_000, threads: 2);
        Connection.Register(function);
        Connection.Execute($"attach '{Path.Combine(folder, "w.duckdb")}' as w (row_group_size 30720)");
        Connection.Execute("create table w.t (i bigint)");
        using (DuckDbTransaction transaction = Connection.BeginTransaction())
        {
            Assert.Equal(500_000, Connection.Execute("insert into w.t from rows_of()"));
            transaction.Commit();
        }
        Assert.Equal(124_999_750_000L, Connection.Scalar("select sum(i)::bigint from w.t"));
        Assert.Equal(2, function.TotalReaders);
        Connection.Execute("detach w");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_JSON_column_is_inserted_without_a_cast()
    {
        Connection.Register(
            new TestFunction
            {
                Columns = [("j", DuckDbType.Json), ("v", DuckDbType.Varchar)],
                OnRead = VectorWriterTests.Once(chunk =>
                {
                    // Not JSON: a cast would refuse it.
                    chunk[0].SetUtf8(0, "{not json, and longer than twelve bytes"u8);
                    return 1;
                }),
            }
        );
        Connection.Execute("create table t (j json)");
        Connection.Execute("insert into t select j from rows_of()");
        Assert.Equal("{not json, and longer than twelve bytes", Connection.Scalar("select j::varchar from t"));
        var error = Assert.Throws<DuckDbException>(() => Connection.Execute("insert into t select v from rows_of()"));
        Assert.Contains("Malformed JSON", error.Message);
    }

    private void FailOften(string message)
    {
        using DuckDbConnection connection = Database.Connect();
        for (int run = 0; run < 50; run++)
        {
            var error = Assert.Throws<InvalidDataException>(() => connection.Execute("from rows_of($1)", [message]));
            Assert.Equal(message, error.Message);
        }
    }

    private static TestFunction SharedNumbers(int rows, int threads)
    {
        int next = 0;
        return new TestFunction
        {
            Columns = [("i", DuckDbType.BigInt)],
            MaxThreads = threads,
            OnRead = (_, chunk) =>
            {
                int from = Interlocked.Add(ref next, chunk.Capacity) - chunk.Capacity;
                int count = Math.Clamp(rows - from, 0, chunk.Capacity);
                for (int row = 0; row < count; row++)
                {
                    chunk[0].SetInt64(row, from + row);
                }
                return count;
            },
        };
    }
}
