using System.Diagnostics;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class ConnectionTests : InMemory
{
    [Fact]
    public void Execute_returns_the_rows_changed_by_the_last_statement()
    {
        long rows = Connection.Execute(
            "create table t (i int); insert into t values (1), (2); insert into t values (3), (4), (5)"
        );
        Assert.Equal(3, rows);
        Assert.Equal(2, Connection.Execute("delete from t where i > $1", [3L]));
    }

    [Fact]
    public void An_error_carries_DuckDBs_message_and_type()
    {
        var error = Assert.Throws<DuckDbException>(() => Connection.Execute("select * from nowhere"));
        Assert.StartsWith("Catalog Error: Table with name nowhere does not exist!", error.Message);
        Assert.Equal("Catalog", error.ErrorType);
        error = Assert.Throws<DuckDbException>(() => Connection.Execute("selec 1"));
        Assert.Equal("Parser", error.ErrorType);
        error = Assert.Throws<DuckDbException>(() => Connection.Execute("select error('boom')"));
        Assert.Equal("Invalid Input Error: boom", error.Message);
    }

    [Fact]
    public void Empty_SQL_is_an_error_rather_than_silence()
    {
        Assert.Throws<DuckDbException>(() => Connection.Execute("  -- nothing"));
    }

    [Fact]
    public void SQL_with_a_zero_character_is_refused_rather_than_cut()
    {
        Assert.Throws<ArgumentException>(() => Connection.Execute("select 1\0; drop table t"));
    }

    [Fact]
    public void A_statement_with_the_wrong_number_of_parameters_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Connection.Query("select $1 + $2", [1]));
        Assert.Contains("takes 2 parameters, 1 were given", error.Message);
    }

    [Fact]
    public void A_transaction_that_is_not_committed_never_happened()
    {
        Connection.Execute("create table t (i int)");
        using (Connection.BeginTransaction())
        {
            Connection.Execute("insert into t values (1)");
        }
        Assert.Equal(0L, Connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void A_transaction_is_invisible_to_others_until_it_commits()
    {
        Connection.Execute("create table t (i int)");
        using DuckDbConnection other = Database.Connect();
        using (DuckDbTransaction transaction = Connection.BeginTransaction())
        {
            Connection.Execute("insert into t values (1)");
            Assert.Equal(0L, other.Scalar("select count(*) from t"));
            transaction.Commit();
        }
        Assert.Equal(1L, other.Scalar("select count(*) from t"));
    }

    [Fact]
    public void A_commit_that_fails_leaves_nothing_and_the_connection_usable()
    {
        Connection.Execute("create table t (i int primary key); insert into t values (1)");
        using DuckDbConnection other = Database.Connect();
        using (DuckDbTransaction transaction = Connection.BeginTransaction())
        {
            Connection.Execute("insert into t values (2)");
            other.Execute("insert into t values (2)");
            Assert.Throws<DuckDbException>(transaction.Commit);
        }
        Assert.Equal(2L, Connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void A_transaction_broken_by_an_error_rolls_back_quietly()
    {
        Connection.Execute("create table t (i int)");
        using (Connection.BeginTransaction())
        {
            Connection.Execute("insert into t values (1)");
            Assert.Throws<DuckDbException>(() => Connection.Execute("select 'x'::int"));
        }
        Assert.Equal(0L, Connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public async Task An_interrupted_query_leaves_the_connection_usable()
    {
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        Task running = Task.Run(() =>
            Connection.Execute("select count(*) from range(1000000000) a, range(1000000) b", stop.Token)
        );
        stop.CancelAfter(TimeSpan.FromMilliseconds(100));
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Equal(1, Connection.Scalar("select 1"));
    }

    [Fact]
    public void A_token_cancelled_beforehand_runs_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Connection.Execute("create table t (i int)", stop.Token));
        Assert.Equal(0L, Connection.Scalar("select count(*) from duckdb_tables()"));
    }

    [Fact]
    public void An_interrupt_that_comes_too_late_does_not_hit_the_next_statement()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Connection.InterruptOn(stop.Token).Dispose();
        Assert.Equal(100_000L, Connection.Scalar("select count(*) from range(100000)"));
    }

    [Fact]
    public void Reading_in_a_broken_transaction_still_disposes_quietly()
    {
        using DuckDbTransaction transaction = Connection.BeginTransaction();
        using (DuckDbResult result = Connection.Query("select * from range(100000)"))
        {
            Assert.NotNull(result.FetchChunk());
            Assert.Throws<DuckDbException>(() => Connection.Execute("select 'x'::int"));
        }
        using DuckDbConnection other = Database.Connect();
        Assert.Equal(1, other.Scalar("select 1"));
    }

    [Fact]
    public void An_interrupted_insert_leaves_nothing_behind()
    {
        Connection.Execute("create table t (i bigint)");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() =>
            Connection.Execute("insert into t select a.range from range(1000000000) a, range(1000) b", stop.Token)
        );
        Assert.Equal(0L, Connection.Scalar("select count(*) from t"));
    }
}
