namespace Waveguide.DuckDb;

/// <summary>The three names of a simple type: ours, DuckDB's number, SQL's word.</summary>
internal static class TypeNames
{
    internal static DuckDbType FromNative(NativeType type) =>
        type switch
        {
            NativeType.SqlNull => DuckDbType.Null,
            _ => Enum.TryParse(type.ToString(), out DuckDbType known) ? known : DuckDbType.Unknown,
        };

    internal static string Sql(DuckDbType type) =>
        type switch
        {
            DuckDbType.TimestampSeconds => "TIMESTAMP_S",
            DuckDbType.TimestampMillis => "TIMESTAMP_MS",
            DuckDbType.TimestampNanos => "TIMESTAMP_NS",
            DuckDbType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
            DuckDbType.TimeTz => "TIME WITH TIME ZONE",
            DuckDbType.TimeNanos => "TIME_NS",
            DuckDbType.Null => "\"NULL\"",
            _ => type.ToString().ToUpperInvariant(),
        };

    /// <summary>Makes the logical type; the caller destroys it.</summary>
    /// <exception cref="NotSupportedException">A table function cannot return or take that type.</exception>
    internal static unsafe nint CreateLogicalType(DuckDbType type)
    {
        NativeType native = type switch
        {
            DuckDbType.Boolean => NativeType.Boolean,
            DuckDbType.Integer => NativeType.Integer,
            DuckDbType.BigInt => NativeType.BigInt,
            DuckDbType.UBigInt => NativeType.UBigInt,
            DuckDbType.Double => NativeType.Double,
            DuckDbType.Varchar or DuckDbType.Json => NativeType.Varchar,
            DuckDbType.Blob => NativeType.Blob,
            DuckDbType.Uuid => NativeType.Uuid,
            DuckDbType.Date => NativeType.Date,
            DuckDbType.Timestamp => NativeType.Timestamp,
            DuckDbType.TimestampTz => NativeType.TimestampTz,
            _ => throw new NotSupportedException($"A table function cannot have a column or parameter of type {type}."),
        };
        nint created = NativeMethods.duckdb_create_logical_type(native);
        if (type == DuckDbType.Json)
        {
            fixed (byte* alias = "JSON\0"u8)
            {
                NativeMethods.duckdb_logical_type_set_alias(created, alias);
            }
        }
        return created;
    }
}
