using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Waveguide.DuckDb;

/// <summary>
/// One line of statements and one transaction at a time; not thread-safe. A later statement ends the result of an
/// earlier query that was not read to its end.
/// </summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;
    private readonly CallbackFailures _failures;
    private readonly ulong _id;
    private DuckDbResult? _unread;

    internal DuckDbConnection(ConnectionHandle handle, CallbackFailures failures)
    {
        _handle = handle;
        _failures = failures;
        NativeMethods.duckdb_connection_get_client_context(handle, out nint context);
        _id = NativeMethods.duckdb_client_context_get_connection_id(context);
        NativeMethods.duckdb_destroy_client_context(ref context);
    }

    /// <summary>Runs one or more statements.</summary>
    /// <returns>Rows changed by the last.</returns>
    /// <exception cref="DuckDbException">A statement failed; those before it stay done.</exception>
    /// <exception cref="OperationCanceledException">The token interrupted the statement, which left nothing behind.</exception>
    public long Execute(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement last = PrepareLast(sql, cancellationToken);
        return last.Execute(cancellationToken);
    }

    /// <summary>Runs one statement.</summary>
    /// <inheritdoc cref="Execute(string, CancellationToken)"/>
    public long Execute(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement statement = Prepare(sql).BindAll(parameters);
        return statement.Execute(cancellationToken);
    }

    /// <summary>Runs one or more statements and streams the result of the last; dispose it.</summary>
    /// <inheritdoc cref="Execute(string, CancellationToken)" path="/exception"/>
    public DuckDbResult Query(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement last = PrepareLast(sql, cancellationToken);
        return last.Query(cancellationToken);
    }

    /// <summary>Runs one statement and streams its result; dispose it.</summary>
    /// <inheritdoc cref="Execute(string, CancellationToken)" path="/exception"/>
    public DuckDbResult Query(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken = default
    )
    {
        using DuckDbStatement statement = Prepare(sql).BindAll(parameters);
        return statement.Query(cancellationToken);
    }

    /// <summary>The first value of the first row; null when there is no row.</summary>
    public object? Scalar(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbResult result = Query(sql, cancellationToken);
        return result.FetchChunk() is { RowCount: > 0 } chunk ? chunk[0].GetValue(0) : null;
    }

    /// <summary>Prepares one statement.</summary>
    public unsafe DuckDbStatement Prepare(string sql)
    {
        BeginStatement();
        fixed (byte* text = NativeText.Terminated(sql))
        {
            DuckDbState state = NativeMethods.duckdb_prepare(_handle, text, out nint statement);
            return Prepared(state, statement, CancellationToken.None);
        }
    }

    /// <summary>Begins a transaction; disposing it without <see cref="DuckDbTransaction.Commit"/> rolls it back.</summary>
    public DuckDbTransaction BeginTransaction() => new(this);

    /// <summary>
    /// Makes the function callable from every connection of the database, for as long as the database is open: DuckDB
    /// cannot take one back.
    /// </summary>
    /// <exception cref="InvalidOperationException">The name is taken, by DuckDB itself or an earlier registration.</exception>
    public void Register(TableFunction function)
    {
        lock (_failures.Registering)
        {
            // DuckDB would keep the first function and report success.
            if (IsTableFunction(function.Name))
            {
                throw new InvalidOperationException($"There is a function named {function.Name} already.");
            }
            BeginStatement();
            TableFunctionRegistration.Register(_handle, function, _failures);
        }
    }

    /// <inheritdoc cref="Register(TableFunction)"/>
    public void Register(TextFunction function)
    {
        BeginStatement();
        TextFunctionRegistration.Register(_handle, function);
    }

    public void Dispose()
    {
        _unread?.Supersede();
        _unread = null;
        _handle.Dispose();
    }

    /// <summary>Ends the result still being read, and forgets failures nobody asked for.</summary>
    internal void BeginStatement()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _unread?.Supersede();
        _unread = null;
        _ = _failures.Take(_id);
    }

    internal void Unread(DuckDbResult result) => _unread = result;

    /// <summary>Ends a query of which not every row was read, which would hold its snapshot open until the next statement.</summary>
    internal void Abandon(DuckDbResult result)
    {
        if (_unread != result)
        {
            return;
        }
        _unread = null;
        try
        {
            Prepare("SELECT 1").Dispose();
        }
        catch (DuckDbException)
        {
            // The transaction is broken already; what matters is that DuckDB tried, which ended the query.
        }
    }

    internal void Finished(DuckDbResult result)
    {
        if (_unread == result)
        {
            _unread = null;
        }
    }

    /// <summary>Interrupts what runs now when the token is cancelled, until the registration is disposed.</summary>
    internal CancellationTokenRegistration InterruptOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(
            static handle => NativeMethods.duckdb_interrupt((ConnectionHandle)handle!),
            _handle
        );

    /// <summary>Throws what a table function threw, cancellation, or else DuckDB's error.</summary>
    [DoesNotReturn]
    internal void Throw(string message, CancellationToken cancellationToken)
    {
        var error = DuckDbException.From(message);
        ExceptionDispatchInfo? thrown = _failures.Take(_id);
        bool stopped = error.IsInterrupt || thrown?.SourceException is OperationCanceledException;
        if (stopped && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was interrupted.", error, cancellationToken);
        }
        thrown?.Throw();
        throw error.IsInterrupt
            ? new DuckDbException(
                "The query failed; a race between DuckDB's threads hid the reason behind its own interrupt. Run it again to see it.",
                error
            )
            : error;
    }

    /// <summary>DuckDB's list of its functions takes 40 ms to make; a call that cannot be meant is refused at once.</summary>
    private bool IsTableFunction(string name)
    {
        try
        {
            Prepare($"FROM \"{name}\"(no_such_parameter := 0)").Dispose();
            return true;
        }
        catch (DuckDbException refusal)
        {
            return refusal.ErrorType != "Catalog";
        }
    }

    private unsafe DuckDbStatement PrepareLast(string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeginStatement();
        nint extracted = 0;
        try
        {
            fixed (byte* text = NativeText.Terminated(sql))
            {
                ulong count = NativeMethods.duckdb_extract_statements(_handle, text, out extracted);
                if (count == 0)
                {
                    ThrowNothingToRun(extracted);
                }
                for (ulong index = 0; index + 1 < count; index++)
                {
                    using DuckDbStatement statement = PrepareExtracted(extracted, index, cancellationToken);
                    statement.Execute(cancellationToken);
                }
                return PrepareExtracted(extracted, count - 1, cancellationToken);
            }
        }
        finally
        {
            NativeMethods.duckdb_destroy_extracted(ref extracted);
        }
    }

    [DoesNotReturn]
    private static unsafe void ThrowNothingToRun(nint extracted)
    {
        string error = NativeText.Read(NativeMethods.duckdb_extract_statements_error(extracted));
        throw new DuckDbException(error.Length > 0 ? error : "There is no statement in the SQL text.");
    }

    private DuckDbStatement PrepareExtracted(nint extracted, ulong index, CancellationToken cancellationToken)
    {
        DuckDbState state = NativeMethods.duckdb_prepare_extracted_statement(
            _handle,
            extracted,
            index,
            out nint statement
        );
        return Prepared(state, statement, cancellationToken);
    }

    private unsafe DuckDbStatement Prepared(DuckDbState state, nint statement, CancellationToken cancellationToken)
    {
        var handle = new StatementHandle(statement);
        if (state == DuckDbState.Success)
        {
            return new DuckDbStatement(this, handle);
        }
        using (handle)
        {
            string error = NativeText.Read(NativeMethods.duckdb_prepare_error(handle));
            Throw(error, cancellationToken);
            return null;
        }
    }
}
