using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>The part of DuckDB's C API that the binding uses, under its own names: https://duckdb.org/docs/stable/clients/c/api</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryResolver.LibraryName;

    static NativeMethods() => NativeLibraryResolver.Install();

    [LibraryImport(Library)]
    internal static partial byte* duckdb_library_version();

    /// <summary>Of the engine for Linux only: https://jemalloc.net/jemalloc.3.html#mallctl_namespace</summary>
    [LibraryImport(Library)]
    internal static partial int duckdb_je_mallctl(byte* name, void* old, nuint* oldSize, void* value, nuint valueSize);

    [LibraryImport(Library)]
    internal static partial void duckdb_free(void* pointer);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_create_config(out nint config);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_set_config(nint config, byte* name, byte* value);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_open_ext(byte* path, out nint database, nint config, out byte* error);

    [LibraryImport(Library)]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_connect(DatabaseHandle database, out nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_interrupt(ConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_connection_get_client_context(ConnectionHandle connection, out nint context);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_client_context_get_connection_id(nint context);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_client_context(ref nint context);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_extract_statements(ConnectionHandle connection, byte* sql, out nint extracted);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_extract_statements_error(nint extracted);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_extracted(ref nint extracted);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_prepare_extracted_statement(
        ConnectionHandle connection,
        nint extracted,
        ulong index,
        out nint statement
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_prepare(ConnectionHandle connection, byte* sql, out nint statement);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_prepare_error(StatementHandle statement);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_nparams(StatementHandle statement);

    [LibraryImport(Library)]
    internal static partial StatementType duckdb_prepared_statement_type(StatementHandle statement);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_null(StatementHandle statement, ulong index);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_boolean(StatementHandle statement, ulong index, byte value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_int64(StatementHandle statement, ulong index, long value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_uint64(StatementHandle statement, ulong index, ulong value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_hugeint(StatementHandle statement, ulong index, HugeInt value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_decimal(StatementHandle statement, ulong index, DecimalValue value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_double(StatementHandle statement, ulong index, double value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_date(StatementHandle statement, ulong index, DateValue value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_time(StatementHandle statement, ulong index, MicrosValue value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_timestamp(
        StatementHandle statement,
        ulong index,
        MicrosValue value
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_interval(
        StatementHandle statement,
        ulong index,
        DuckDbInterval value
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_varchar_length(
        StatementHandle statement,
        ulong index,
        byte* text,
        ulong length
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_blob(
        StatementHandle statement,
        ulong index,
        void* data,
        ulong length
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_bind_value(StatementHandle statement, ulong index, nint value);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_pending_prepared(StatementHandle statement, out nint pending);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_pending_prepared_streaming(StatementHandle statement, out nint pending);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_pending_error(PendingHandle pending);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_execute_pending(PendingHandle pending, ResultStruct* result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_result(ResultStruct* result);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_result_error(ResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_rows_changed(ResultHandle result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_column_count(ResultHandle result);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_column_name(ResultHandle result, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_column_logical_type(ResultHandle result, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_fetch_chunk(ResultStruct result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_data_chunk_get_size(ChunkHandle chunk);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    internal static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);

    [LibraryImport(Library)]
    internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_data_chunk_get_vector(ChunkHandle chunk, ulong column);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_vector_size();

    [LibraryImport(Library)]
    internal static partial void* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    internal static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    internal static partial void duckdb_vector_ensure_validity_writable(nint vector);

    /// <summary>For text short enough that the copy ends before a garbage collection would notice the wait; saves a quarter of the time.</summary>
    [LibraryImport(Library, EntryPoint = nameof(duckdb_unsafe_vector_assign_string_element_len))]
    [SuppressGCTransition]
    internal static partial void assign_short_string(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library)]
    internal static partial void duckdb_unsafe_vector_assign_string_element_len(
        nint vector,
        ulong row,
        byte* text,
        ulong length
    );

    [LibraryImport(Library)]
    internal static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport(Library)]
    internal static partial nint duckdb_array_vector_get_child(nint vector);

    [LibraryImport(Library)]
    internal static partial nint duckdb_struct_vector_get_child(nint vector, ulong index);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_logical_type(NativeType type);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)]
    internal static partial NativeType duckdb_get_type_id(nint type);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_logical_type_get_alias(nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_logical_type_set_alias(nint type, byte* alias);

    [LibraryImport(Library)]
    internal static partial byte duckdb_decimal_width(nint type);

    [LibraryImport(Library)]
    internal static partial byte duckdb_decimal_scale(nint type);

    [LibraryImport(Library)]
    internal static partial NativeType duckdb_decimal_internal_type(nint type);

    [LibraryImport(Library)]
    internal static partial NativeType duckdb_enum_internal_type(nint type);

    [LibraryImport(Library)]
    internal static partial uint duckdb_enum_dictionary_size(nint type);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_enum_dictionary_value(nint type, ulong index);

    [LibraryImport(Library)]
    internal static partial nint duckdb_list_type_child_type(nint type);

    [LibraryImport(Library)]
    internal static partial nint duckdb_array_type_child_type(nint type);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_array_type_array_size(nint type);

    [LibraryImport(Library)]
    internal static partial nint duckdb_map_type_key_type(nint type);

    [LibraryImport(Library)]
    internal static partial nint duckdb_map_type_value_type(nint type);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_struct_type_child_count(nint type);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_struct_type_child_name(nint type, ulong index);

    [LibraryImport(Library)]
    internal static partial nint duckdb_struct_type_child_type(nint type, ulong index);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_union_type_member_count(nint type);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_union_type_member_name(nint type, ulong index);

    [LibraryImport(Library)]
    internal static partial nint duckdb_union_type_member_type(nint type, ulong index);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_value(ref nint value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_get_value_type(nint value);

    [LibraryImport(Library)]
    internal static partial byte duckdb_is_null_value(nint value);

    [LibraryImport(Library)]
    internal static partial byte duckdb_get_bool(nint value);

    [LibraryImport(Library)]
    internal static partial long duckdb_get_int64(nint value);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_get_uint64(nint value);

    [LibraryImport(Library)]
    internal static partial double duckdb_get_double(nint value);

    [LibraryImport(Library)]
    internal static partial DateValue duckdb_get_date(nint value);

    [LibraryImport(Library)]
    internal static partial MicrosValue duckdb_get_timestamp(nint value);

    [LibraryImport(Library)]
    internal static partial MicrosValue duckdb_get_timestamp_tz(nint value);

    [LibraryImport(Library)]
    internal static partial BlobValue duckdb_get_blob(nint value);

    [LibraryImport(Library)]
    internal static partial UHugeInt duckdb_get_uuid(nint value);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_get_varchar(nint value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_uuid(UHugeInt value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_date(DateValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_time(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_time_ns(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_time_tz_value(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp_tz(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp_s(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp_ms(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp_ns(MicrosValue value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_scalar_function();

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_scalar_function(ref nint function);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_name(nint function, byte* name);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_add_parameter(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_return_type(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_extra_info(
        nint function,
        nint info,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_function(
        nint function,
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> call
    );

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_register_scalar_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial nint duckdb_scalar_function_get_extra_info(nint call);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_error(nint call, byte* error);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_table_function();

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_table_function(ref nint function);

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_name(nint function, byte* name);

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_add_parameter(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_extra_info(
        nint function,
        nint info,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_bind(
        nint function,
        delegate* unmanaged[Cdecl]<nint, void> bind
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_init(
        nint function,
        delegate* unmanaged[Cdecl]<nint, void> init
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_local_init(
        nint function,
        delegate* unmanaged[Cdecl]<nint, void> init
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_set_function(
        nint function,
        delegate* unmanaged[Cdecl]<nint, nint, void> read
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_supports_projection_pushdown(nint function, byte pushdown);

    [LibraryImport(Library)]
    internal static partial void duckdb_table_function_get_client_context(nint bind, out nint context);

    [LibraryImport(Library)]
    internal static partial DuckDbState duckdb_register_table_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial nint duckdb_bind_get_extra_info(nint bind);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_bind_get_parameter_count(nint bind);

    [LibraryImport(Library)]
    internal static partial nint duckdb_bind_get_parameter(nint bind, ulong index);

    [LibraryImport(Library)]
    internal static partial void duckdb_bind_add_result_column(nint bind, byte* name, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_bind_set_cardinality(nint bind, ulong rows, byte exact);

    [LibraryImport(Library)]
    internal static partial void duckdb_bind_set_bind_data(
        nint bind,
        nint data,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_bind_set_error(nint bind, byte* error);

    [LibraryImport(Library)]
    internal static partial nint duckdb_init_get_bind_data(nint init);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_init_get_column_count(nint init);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_init_get_column_index(nint init, ulong index);

    [LibraryImport(Library)]
    internal static partial void duckdb_init_set_max_threads(nint init, ulong threads);

    [LibraryImport(Library)]
    internal static partial void duckdb_init_set_init_data(
        nint init,
        nint data,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_init_set_error(nint init, byte* error);

    [LibraryImport(Library)]
    internal static partial nint duckdb_function_get_local_init_data(nint call);

    [LibraryImport(Library)]
    internal static partial void duckdb_function_set_error(nint call, byte* error);
}
