using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

internal static unsafe class TextFunctionRegistration
{
    internal static void Register(ConnectionHandle connection, TextFunction function)
    {
        nint created = NativeMethods.duckdb_create_scalar_function();
        nint text = TypeNames.CreateLogicalType(DuckDbType.Varchar);
        try
        {
            fixed (byte* name = NativeText.Terminated(function.Name))
            {
                NativeMethods.duckdb_scalar_function_set_name(created, name);
            }
            NativeMethods.duckdb_scalar_function_add_parameter(created, text);
            NativeMethods.duckdb_scalar_function_set_return_type(created, text);
            nint state = GCHandle.ToIntPtr(GCHandle.Alloc(function));
            NativeMethods.duckdb_scalar_function_set_extra_info(created, state, &TableFunctionCallbacks.Destroy);
            NativeMethods.duckdb_scalar_function_set_function(created, &Call);
            if (NativeMethods.duckdb_register_scalar_function(connection, created) != DuckDbState.Success)
            {
                throw new InvalidOperationException($"There is a function named {function.Name} already.");
            }
        }
        finally
        {
            NativeMethods.duckdb_destroy_logical_type(ref text);
            NativeMethods.duckdb_destroy_scalar_function(ref created);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint info, nint input, nint output)
    {
        try
        {
            nint state = NativeMethods.duckdb_scalar_function_get_extra_info(info);
            var function = (TextFunction)GCHandle.FromIntPtr(state).Target!;
            nint texts = NativeMethods.duckdb_data_chunk_get_vector(input, 0);
            void* data = NativeMethods.duckdb_vector_get_data(texts);
            ulong* validity = NativeMethods.duckdb_vector_get_validity(texts);
            int rows = checked((int)NativeMethods.duckdb_data_chunk_get_size(input));
            var result = new VectorState { Width = VectorState.StringWidth };
            result.Refresh(output, rows);
            var writer = new VectorWriter(&result);
            writer.InvalidateAll();
            for (int row = 0; row < rows; row++)
            {
                if (!VectorValues.IsNull(validity, row))
                {
                    function.Write(VectorValues.Bytes(data, row), writer, row);
                }
            }
        }
        catch (Exception exception)
        {
            fixed (byte* error = NativeText.TerminatedMessage(exception.Message))
            {
                NativeMethods.duckdb_scalar_function_set_error(info, error);
            }
        }
    }
}
