using System.Numerics;

namespace Waveguide.DuckDb;

/// <summary>A prepared statement; its parameters keep their values from one run to the next. Not thread-safe.</summary>
public sealed class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly StatementHandle _handle;

    internal DuckDbStatement(DuckDbConnection connection, StatementHandle handle)
    {
        _connection = connection;
        _handle = handle;
    }

    public int ParameterCount => checked((int)NativeMethods.duckdb_nparams(_handle));

    public DuckDbStatement BindNull(int index) => Bound(NativeMethods.duckdb_bind_null(_handle, (ulong)index), index);

    /// <param name="index">Counted from 1.</param>
    public DuckDbStatement Bind(int index, bool value) =>
        Bound(NativeMethods.duckdb_bind_boolean(_handle, (ulong)index, value ? (byte)1 : (byte)0), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, long value) =>
        Bound(NativeMethods.duckdb_bind_int64(_handle, (ulong)index, value), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, ulong value) =>
        Bound(NativeMethods.duckdb_bind_uint64(_handle, (ulong)index, value), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    /// <exception cref="OverflowException">The number does not fit 128 bits.</exception>
    public DuckDbStatement Bind(int index, BigInteger value) =>
        Bound(NativeMethods.duckdb_bind_hugeint(_handle, (ulong)index, Numbers.ToHugeInt(value)), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, double value) =>
        Bound(NativeMethods.duckdb_bind_double(_handle, (ulong)index, value), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, decimal value) =>
        Bound(NativeMethods.duckdb_bind_decimal(_handle, (ulong)index, Numbers.ToDecimal(value)), index);

    /// <summary>Binds text, which may contain U+0000.</summary>
    /// <inheritdoc cref="Bind(int, bool)"/>
    public unsafe DuckDbStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            return BindNull(index);
        }
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes)
        {
            byte none = 0;
            byte* start = text is null ? &none : text;
            return Bound(
                NativeMethods.duckdb_bind_varchar_length(_handle, (ulong)index, start, (ulong)bytes.Length),
                index
            );
        }
    }

    /// <summary>Binds a BLOB.</summary>
    /// <inheritdoc cref="Bind(int, bool)"/>
    public unsafe DuckDbStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        fixed (byte* data = value)
        {
            byte none = 0;
            byte* start = data is null ? &none : data;
            return Bound(NativeMethods.duckdb_bind_blob(_handle, (ulong)index, start, (ulong)value.Length), index);
        }
    }

    /// <summary>Binds a TIMESTAMP in UTC, to the microsecond; a time of unspecified kind is taken as UTC.</summary>
    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, DateTime value) =>
        Bound(NativeMethods.duckdb_bind_timestamp(_handle, (ulong)index, new(Times.ToMicros(value))), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, DateOnly value) =>
        Bound(NativeMethods.duckdb_bind_date(_handle, (ulong)index, new(Times.ToDays(value))), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, TimeOnly value) =>
        Bound(NativeMethods.duckdb_bind_time(_handle, (ulong)index, new(value.Ticks / Times.TicksPerMicro)), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, DuckDbInterval value) =>
        Bound(NativeMethods.duckdb_bind_interval(_handle, (ulong)index, value), index);

    /// <inheritdoc cref="Bind(int, bool)"/>
    public DuckDbStatement Bind(int index, Guid value)
    {
        nint native = NativeMethods.duckdb_create_uuid(Numbers.ToUuid(value));
        try
        {
            return Bound(NativeMethods.duckdb_bind_value(_handle, (ulong)index, native), index);
        }
        finally
        {
            NativeMethods.duckdb_destroy_value(ref native);
        }
    }

    /// <summary>Binds by the type of the value.</summary>
    /// <inheritdoc cref="Bind(int, bool)"/>
    /// <exception cref="ArgumentException">No parameter type fits the value.</exception>
    public DuckDbStatement BindValue(int index, object? value) =>
        value switch
        {
            null or DBNull => BindNull(index),
            string text => Bind(index, text),
            bool flag => Bind(index, flag),
            long or int or short or sbyte or byte or ushort or uint => Bind(index, Convert.ToInt64(value)),
            ulong number => Bind(index, number),
            BigInteger number => Bind(index, number),
            double or float => Bind(index, Convert.ToDouble(value)),
            decimal number => Bind(index, number),
            DateTime time => Bind(index, time),
            DateTimeOffset time => Bind(index, time.UtcDateTime),
            DateOnly date => Bind(index, date),
            TimeOnly time => Bind(index, time),
            DuckDbInterval interval => Bind(index, interval),
            Guid guid => Bind(index, guid),
            byte[] bytes => Bind(index, bytes.AsSpan()),
            ReadOnlyMemory<byte> bytes => Bind(index, bytes.Span),
            _ => throw new ArgumentException($"No DuckDB parameter holds a {value.GetType()}.", nameof(value)),
        };

    /// <inheritdoc cref="DuckDbConnection.Execute(string, CancellationToken)"/>
    public long Execute(CancellationToken cancellationToken = default)
    {
        using ResultHandle result = Run(streaming: false, cancellationToken);
        return checked((long)NativeMethods.duckdb_rows_changed(result));
    }

    /// <summary>Runs the statement; a SELECT streams its rows. Dispose the result; the statement may go before it.</summary>
    /// <inheritdoc cref="DuckDbConnection.Execute(string, CancellationToken)" path="/exception"/>
    public DuckDbResult Query(CancellationToken cancellationToken = default)
    {
        bool streaming = NativeMethods.duckdb_prepared_statement_type(_handle) == StatementType.Select;
        return new DuckDbResult(_connection, Run(streaming, cancellationToken), streaming, cancellationToken);
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Binds every parameter; disposes the statement when one is refused.</summary>
    internal DuckDbStatement BindAll(IReadOnlyList<object?> parameters)
    {
        try
        {
            if (parameters.Count != ParameterCount)
            {
                throw new ArgumentException(
                    $"The statement takes {ParameterCount} parameters, {parameters.Count} were given.",
                    nameof(parameters)
                );
            }
            for (int index = 0; index < parameters.Count; index++)
            {
                BindValue(index + 1, parameters[index]);
            }
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private unsafe ResultHandle Run(bool streaming, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _connection.BeginStatement();
        DuckDbState state = streaming
            ? NativeMethods.duckdb_pending_prepared_streaming(_handle, out nint pointer)
            : NativeMethods.duckdb_pending_prepared(_handle, out pointer);
        using var pending = new PendingHandle(pointer);
        if (state != DuckDbState.Success)
        {
            _connection.Throw(NativeText.Read(NativeMethods.duckdb_pending_error(pending)), cancellationToken);
        }
        var result = new ResultHandle();
        // Preparing the run cleared any earlier interrupt, so one that comes from here on is not lost.
        using (_connection.InterruptOn(cancellationToken))
        {
            state = NativeMethods.duckdb_execute_pending(pending, result.Pointer);
        }
        if (state != DuckDbState.Success)
        {
            using (result)
            {
                _connection.Throw(NativeText.Read(NativeMethods.duckdb_result_error(result)), cancellationToken);
            }
        }
        return result;
    }

    private unsafe DuckDbStatement Bound(DuckDbState state, int index) =>
        state == DuckDbState.Success
            ? this
            : throw new ArgumentOutOfRangeException(
                nameof(index),
                index,
                NativeText.Read(NativeMethods.duckdb_prepare_error(_handle)) is { Length: > 0 } error
                    ? error
                    : $"The statement has {ParameterCount} parameters."
            );
}
