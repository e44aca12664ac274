namespace Waveguide.DuckDb;

/// <summary>Arguments of table functions.</summary>
internal static unsafe class NativeValues
{
    internal static IReadOnlyList<object?> Arguments(nint bind)
    {
        var arguments = new object?[checked((int)NativeMethods.duckdb_bind_get_parameter_count(bind))];
        for (int index = 0; index < arguments.Length; index++)
        {
            nint value = NativeMethods.duckdb_bind_get_parameter(bind, (ulong)index);
            try
            {
                arguments[index] = Read(value);
            }
            finally
            {
                NativeMethods.duckdb_destroy_value(ref value);
            }
        }
        return arguments;
    }

    private static object? Read(nint value)
    {
        if (NativeMethods.duckdb_is_null_value(value) != 0)
        {
            return null;
        }
        // The type belongs to the value.
        return NativeMethods.duckdb_get_type_id(NativeMethods.duckdb_get_value_type(value)) switch
        {
            NativeType.Boolean => NativeMethods.duckdb_get_bool(value) != 0,
            NativeType.Integer => (int)NativeMethods.duckdb_get_int64(value),
            NativeType.BigInt => NativeMethods.duckdb_get_int64(value),
            NativeType.UBigInt => NativeMethods.duckdb_get_uint64(value),
            NativeType.Double => NativeMethods.duckdb_get_double(value),
            NativeType.Date => Times.FromDate(NativeMethods.duckdb_get_date(value).Days),
            NativeType.Timestamp => Times.FromTimestamp(
                DuckDbType.Timestamp,
                NativeMethods.duckdb_get_timestamp(value).Value
            ),
            NativeType.TimestampTz => Times.FromTimestamp(
                DuckDbType.TimestampTz,
                NativeMethods.duckdb_get_timestamp_tz(value).Value
            ),
            NativeType.Uuid => Numbers.FromUuid(NativeMethods.duckdb_get_uuid(value)),
            NativeType.Blob => Take(NativeMethods.duckdb_get_blob(value)),
            _ => NativeText.Take(NativeMethods.duckdb_get_varchar(value)),
        };
    }

    private static byte[] Take(BlobValue blob)
    {
        byte[] bytes = new ReadOnlySpan<byte>((void*)blob.Data, checked((int)blob.Size)).ToArray();
        NativeMethods.duckdb_free((void*)blob.Data);
        return bytes;
    }
}
