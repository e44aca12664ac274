using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class ResultTests : InMemory
{
    [Fact]
    public void A_million_rows_stream_through_little_memory()
    {
        Connection.Execute("set memory_limit = '60MB'; set temp_directory = ''");
        using DuckDbResult result = Connection.Query(
            "select range as i, repeat('x', 1000) || range as text from range(1000000)"
        );
        long rows = 0;
        long sum = 0;
        while (result.FetchChunk() is { } chunk)
        {
            for (int row = 0; row < chunk.RowCount; row++)
            {
                sum += chunk[0].GetInt64(row);
                Assert.True(chunk[1].GetUtf8(row).Length > 1000);
            }
            rows += chunk.RowCount;
        }
        Assert.Equal(1_000_000, rows);
        Assert.Equal(499_999_500_000, sum);
    }

    [Fact]
    public void An_error_in_the_middle_of_a_stream_is_thrown_not_taken_for_the_end()
    {
        // With several threads DuckDB may lose the reason to the interrupt that stops the others.
        Connection.Execute("set threads = 1");
        using DuckDbResult result = Connection.Query(
            "select case when range = 900000 then error('boom') else range::varchar end from range(1000000)"
        );
        var error = Assert.Throws<DuckDbException>(() => result.Rows().Count());
        Assert.Equal("Invalid Input Error: boom", error.Message);
        Assert.Equal(1, Connection.Scalar("select 1"));
    }

    [Fact]
    public void An_error_in_a_stream_of_several_threads_is_never_taken_for_the_end()
    {
        Connection.Execute("create table t as select range as i from range(1000000)");
        for (int run = 0; run < 10; run++)
        {
            using DuckDbResult result = Connection.Query(
                "select case when i = 900000 then error('boom') else i::varchar end from t"
            );
            Assert.Throws<DuckDbException>(() => result.Rows().Count());
        }
    }

    [Fact]
    public void A_later_statement_ends_an_unread_result_loudly()
    {
        using DuckDbResult result = Connection.Query("select * from range(1000000)");
        Assert.NotNull(result.FetchChunk());
        Connection.Execute("create table t (i int)");
        Assert.Throws<InvalidOperationException>(result.FetchChunk);
    }

    [Fact]
    public void A_result_disposed_early_releases_its_snapshot()
    {
        Connection.Execute("create table t as select range from range(1000000)");
        using (DuckDbResult result = Connection.Query("select * from t"))
        {
            Assert.NotNull(result.FetchChunk());
            Assert.Equal(1L, ActiveTransactions());
        }
        Assert.Equal(0L, ActiveTransactions());
    }

    [Fact]
    public void A_stream_is_interrupted_between_chunks()
    {
        using var stop = new CancellationTokenSource();
        using (DuckDbResult result = Connection.Query("select * from range(100000000)", stop.Token))
        {
            Assert.NotNull(result.FetchChunk());
            stop.Cancel();
            var error = Assert.Throws<OperationCanceledException>(() => result.Rows().Count());
            Assert.Equal(stop.Token, error.CancellationToken);
        }
        Assert.Equal(1, Connection.Scalar("select 1"));
    }

    [Fact]
    public void A_chunk_is_closed_when_the_result_moves_on()
    {
        using DuckDbResult result = Connection.Query("select * from range(5000)");
        DuckDbChunk first = result.FetchChunk()!;
        Assert.Equal(0L, first[0].GetInt64(0));
        Assert.NotNull(result.FetchChunk());
        Assert.Throws<ObjectDisposedException>(() => first[0].GetInt64(0));
    }

    [Fact]
    public void Typed_reads_refuse_another_type_null_and_a_row_beyond_the_end()
    {
        using DuckDbResult result = Connection.Query("select 'a' as text, null::bigint as empty");
        DuckDbChunk chunk = result.FetchChunk()!;
        var error = Assert.Throws<InvalidCastException>(() => chunk[0].GetInt64(0));
        Assert.Equal("Column text is VARCHAR, not an integer.", error.Message);
        Assert.True(chunk[1].IsNull(0));
        Assert.Throws<InvalidCastException>(() => chunk[1].GetInt64(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => chunk[0].GetString(1));
    }

    [Fact]
    public void Rows_have_values_by_number_and_by_name()
    {
        using DuckDbResult result = Connection.Query("select 7 as seven, 'x' as Text; select 8 as eight, 'y' as Text");
        DuckDbRow row = Assert.Single(result.Rows());
        Assert.Equal(8, row[0]);
        Assert.Equal("y", row["text"]);
        Assert.Throws<KeyNotFoundException>(() => row["seven"]);
    }

    [Fact]
    public void A_result_outlives_its_statement_but_not_its_connection()
    {
        using DuckDbConnection other = Database.Connect();
        DuckDbStatement statement = other.Prepare("select * from range($1)");
        using DuckDbResult result = statement.Bind(1, 10_000L).Query();
        statement.Dispose();
        Assert.Equal(2048, result.FetchChunk()!.RowCount);
        other.Dispose();
        Assert.Throws<InvalidOperationException>(result.FetchChunk);
    }

    [Fact]
    public void Insert_returning_gives_its_rows()
    {
        Connection.Execute("create table t (i int)");
        using (DuckDbResult result = Connection.Query("insert into t values (1), (2) returning i * 10"))
        {
            Assert.Equal([10, 20], result.Rows().Select(row => (int)row[0]!));
        }
        Assert.Equal(2L, Connection.Scalar("select count(*) from t"));
    }

    /// <summary>A checkpoint is refused while another transaction is open.</summary>
    private long ActiveTransactions()
    {
        using DuckDbConnection other = Database.Connect();
        other.Execute("create or replace table touched (i int)");
        try
        {
            other.Execute("checkpoint");
            return 0;
        }
        catch (DuckDbException)
        {
            return 1;
        }
    }
}
