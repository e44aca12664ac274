using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>
/// What DuckDB calls, from any of its threads. Nothing may be thrown across native frames, so every failure is kept for
/// the managed caller and told to DuckDB as text.
/// </summary>
internal static unsafe class TableFunctionCallbacks
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Bind(nint info)
    {
        var state = Target<FunctionState>(NativeMethods.duckdb_bind_get_extra_info(info));
        ulong connection = ConnectionOf(info);
        TableScan? scan = null;
        try
        {
            scan = state.Function.Bind(NativeValues.Arguments(info));
            foreach ((string name, DuckDbType type) in scan.Columns)
            {
                AddColumn(info, name, type);
            }
            if (scan.Cardinality is { } rows)
            {
                NativeMethods.duckdb_bind_set_cardinality(info, (ulong)Math.Max(0, rows), 0);
            }
            var bind = new BindState(scan, state.Failures, connection);
            NativeMethods.duckdb_bind_set_bind_data(info, GCHandle.ToIntPtr(GCHandle.Alloc(bind)), &Destroy);
        }
        catch (Exception exception)
        {
            state.Failures.Add(connection, exception);
            DisposeQuietly(scan);
            fixed (byte* error = NativeText.TerminatedMessage(exception.Message))
            {
                NativeMethods.duckdb_bind_set_error(info, error);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Init(nint info)
    {
        var bind = Target<BindState>(NativeMethods.duckdb_init_get_bind_data(info));
        try
        {
            bind.Scan.Begin();
            NativeMethods.duckdb_init_set_max_threads(info, (ulong)Math.Max(1, bind.Scan.MaxThreads));
        }
        catch (Exception exception)
        {
            FailInit(info, bind, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void LocalInit(nint info)
    {
        var bind = Target<BindState>(NativeMethods.duckdb_init_get_bind_data(info));
        try
        {
            (List<int> projected, int[] positions) = Projection(info, bind.Scan.Columns.Count);
            var reader = new ReaderState(bind, projected, positions);
            NativeMethods.duckdb_init_set_init_data(info, GCHandle.ToIntPtr(GCHandle.Alloc(reader)), &Destroy);
        }
        catch (Exception exception)
        {
            FailInit(info, bind, exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Read(nint info, nint output)
    {
        var reader = Target<ReaderState>(NativeMethods.duckdb_function_get_local_init_data(info));
        try
        {
            NativeMethods.duckdb_data_chunk_set_size(output, (ulong)reader.Fill(output));
        }
        catch (Exception exception)
        {
            reader.Failed(exception);
            fixed (byte* error = NativeText.TerminatedMessage(exception.Message))
            {
                NativeMethods.duckdb_function_set_error(info, error);
            }
        }
    }

    /// <summary>Frees whatever DuckDB held for us.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Destroy(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        DisposeQuietly(handle.Target as IDisposable);
        handle.Free();
    }

    private static T Target<T>(nint data)
        where T : class => Unsafe.As<T>(GCHandle.FromIntPtr(data).Target!);

    private static ulong ConnectionOf(nint bind)
    {
        NativeMethods.duckdb_table_function_get_client_context(bind, out nint context);
        ulong connection = NativeMethods.duckdb_client_context_get_connection_id(context);
        NativeMethods.duckdb_destroy_client_context(ref context);
        return connection;
    }

    private static void AddColumn(nint bind, string name, DuckDbType type)
    {
        nint logicalType = TypeNames.CreateLogicalType(type);
        fixed (byte* text = NativeText.Terminated(name))
        {
            NativeMethods.duckdb_bind_add_result_column(bind, text, logicalType);
        }
        NativeMethods.duckdb_destroy_logical_type(ref logicalType);
    }

    /// <summary>Leaves out the row number DuckDB may ask for when it needs no column at all.</summary>
    private static (List<int> Projected, int[] Positions) Projection(nint init, int columns)
    {
        var projected = new List<int>();
        var positions = new List<int>();
        ulong count = NativeMethods.duckdb_init_get_column_count(init);
        for (ulong position = 0; position < count; position++)
        {
            ulong column = NativeMethods.duckdb_init_get_column_index(init, position);
            if (column < (ulong)columns)
            {
                projected.Add((int)column);
                positions.Add((int)position);
            }
        }
        return (projected, [.. positions]);
    }

    private static void FailInit(nint init, BindState bind, Exception exception)
    {
        bind.Failed(exception);
        fixed (byte* error = NativeText.TerminatedMessage(exception.Message))
        {
            NativeMethods.duckdb_init_set_error(init, error);
        }
    }

    /// <summary>For calls that have no caller to tell.</summary>
    private static void DisposeQuietly(IDisposable? state)
    {
        try
        {
            state?.Dispose();
        }
        catch (Exception)
        {
            // A scan or reader that throws from Dispose breaks its contract; crashing the process would be worse.
        }
    }
}
