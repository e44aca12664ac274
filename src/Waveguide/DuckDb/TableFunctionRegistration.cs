using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

internal static unsafe class TableFunctionRegistration
{
    internal static void Register(ConnectionHandle connection, TableFunction function, CallbackFailures failures)
    {
        nint created = NativeMethods.duckdb_create_table_function();
        try
        {
            fixed (byte* name = NativeText.Terminated(function.Name))
            {
                NativeMethods.duckdb_table_function_set_name(created, name);
            }
            foreach (DuckDbType parameter in function.Parameters)
            {
                nint type = TypeNames.CreateLogicalType(parameter);
                NativeMethods.duckdb_table_function_add_parameter(created, type);
                NativeMethods.duckdb_destroy_logical_type(ref type);
            }
            nint state = GCHandle.ToIntPtr(GCHandle.Alloc(new FunctionState(function, failures)));
            NativeMethods.duckdb_table_function_set_extra_info(created, state, &TableFunctionCallbacks.Destroy);
            NativeMethods.duckdb_table_function_set_bind(created, &TableFunctionCallbacks.Bind);
            NativeMethods.duckdb_table_function_set_init(created, &TableFunctionCallbacks.Init);
            NativeMethods.duckdb_table_function_set_local_init(created, &TableFunctionCallbacks.LocalInit);
            NativeMethods.duckdb_table_function_set_function(created, &TableFunctionCallbacks.Read);
            NativeMethods.duckdb_table_function_supports_projection_pushdown(created, 1);
            if (NativeMethods.duckdb_register_table_function(connection, created) != DuckDbState.Success)
            {
                throw new DuckDbException(
                    $"DuckDB refuses the table function {function.Name}; is one of that name registered already?"
                );
            }
        }
        finally
        {
            NativeMethods.duckdb_destroy_table_function(ref created);
        }
    }
}
