using System.Numerics;
using System.Text;

namespace Waveguide.DuckDb;

/// <summary>Reads any value out of a vector as an object.</summary>
internal static unsafe class VectorValues
{
    internal static bool IsNull(ulong* validity, long row) =>
        validity is not null && (validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    internal static ReadOnlySpan<byte> Bytes(void* data, long row)
    {
        byte* element = (byte*)data + (row * VectorState.StringWidth);
        int length = *(int*)element;
        byte* start = length <= VectorState.MaxInline ? element + sizeof(int) : *(byte**)(element + 8);
        return new ReadOnlySpan<byte>(start, length);
    }

    internal static object? Read(TypeShape shape, nint vector, long row)
    {
        ulong* validity = NativeMethods.duckdb_vector_get_validity(vector);
        return IsNull(validity, row)
            ? null
            : ReadValid(shape, vector, NativeMethods.duckdb_vector_get_data(vector), row);
    }

    internal static object? ReadValid(TypeShape shape, nint vector, void* data, long row) =>
        shape.Type switch
        {
            DuckDbType.Boolean => ((byte*)data)[row] != 0,
            DuckDbType.TinyInt => ((sbyte*)data)[row],
            DuckDbType.SmallInt => ((short*)data)[row],
            DuckDbType.Integer => ((int*)data)[row],
            DuckDbType.BigInt => ((long*)data)[row],
            DuckDbType.UTinyInt => ((byte*)data)[row],
            DuckDbType.USmallInt => ((ushort*)data)[row],
            DuckDbType.UInteger => ((uint*)data)[row],
            DuckDbType.UBigInt => ((ulong*)data)[row],
            DuckDbType.HugeInt => Numbers.ToBigInteger(((HugeInt*)data)[row]),
            DuckDbType.UHugeInt => Numbers.ToBigInteger(((UHugeInt*)data)[row]),
            DuckDbType.Float => ((float*)data)[row],
            DuckDbType.Double => ((double*)data)[row],
            DuckDbType.Decimal => Numbers.FromDecimal(Unscaled(shape.Storage, data, row), shape.Scale),
            DuckDbType.Varchar or DuckDbType.Json => Encoding.UTF8.GetString(Bytes(data, row)),
            DuckDbType.Blob or DuckDbType.Geometry => Bytes(data, row).ToArray(),
            DuckDbType.Bit => Numbers.FromBit(Bytes(data, row)),
            DuckDbType.BigNum => Numbers.FromBigNum(Bytes(data, row)),
            DuckDbType.Uuid => Numbers.FromUuid(Numbers.FlipUuid(((UHugeInt*)data)[row])),
            DuckDbType.Interval => ((DuckDbInterval*)data)[row],
            DuckDbType.Enum => shape.EnumValues[EnumIndex(shape.Storage, data, row)],
            _ => ReadTimeOrNested(shape, vector, data, row),
        };

    private static object? ReadTimeOrNested(TypeShape shape, nint vector, void* data, long row) =>
        shape.Type switch
        {
            DuckDbType.Date => Times.FromDate(((int*)data)[row]),
            DuckDbType.Time => Times.FromTime(((long*)data)[row]),
            DuckDbType.TimeNanos or DuckDbType.TimeTz => Times.Text(shape.Type, ((long*)data)[row]),
            DuckDbType.Timestamp
            or DuckDbType.TimestampSeconds
            or DuckDbType.TimestampMillis
            or DuckDbType.TimestampNanos
            or DuckDbType.TimestampTz => Times.FromTimestamp(shape.Type, ((long*)data)[row]),
            DuckDbType.List => ReadList(shape, vector, ((ListEntry*)data)[row]),
            DuckDbType.Array => ReadArray(shape, vector, row),
            DuckDbType.Map => ReadMap(shape, vector, ((ListEntry*)data)[row]),
            DuckDbType.Struct => ReadStruct(shape, vector, row),
            DuckDbType.Union => ReadUnion(shape, vector, row),
            _ => throw new NotSupportedException(
                $"A {shape.SqlType} cannot be read; cast it to JSON or VARCHAR in the query."
            ),
        };

    private static BigInteger Unscaled(NativeType storage, void* data, long row) =>
        storage switch
        {
            NativeType.SmallInt => ((short*)data)[row],
            NativeType.Integer => ((int*)data)[row],
            NativeType.BigInt => ((long*)data)[row],
            _ => Numbers.ToBigInteger(((HugeInt*)data)[row]),
        };

    private static int EnumIndex(NativeType storage, void* data, long row) =>
        storage switch
        {
            NativeType.UTinyInt => ((byte*)data)[row],
            NativeType.USmallInt => ((ushort*)data)[row],
            _ => checked((int)((uint*)data)[row]),
        };

    private static List<object?> ReadList(TypeShape shape, nint vector, ListEntry entry) =>
        ReadRange(
            shape.Children[0].Shape,
            NativeMethods.duckdb_list_vector_get_child(vector),
            (long)entry.Offset,
            (int)entry.Length
        );

    private static List<object?> ReadArray(TypeShape shape, nint vector, long row) =>
        ReadRange(
            shape.Children[0].Shape,
            NativeMethods.duckdb_array_vector_get_child(vector),
            row * shape.ArraySize,
            shape.ArraySize
        );

    private static List<object?> ReadRange(TypeShape element, nint child, long offset, int count)
    {
        var values = new List<object?>(count);
        for (long index = offset; index < offset + count; index++)
        {
            values.Add(Read(element, child, index));
        }
        return values;
    }

    private static Dictionary<object, object?> ReadMap(TypeShape shape, nint vector, ListEntry entry)
    {
        nint pairs = NativeMethods.duckdb_list_vector_get_child(vector);
        nint keys = NativeMethods.duckdb_struct_vector_get_child(pairs, 0);
        nint values = NativeMethods.duckdb_struct_vector_get_child(pairs, 1);
        var map = new Dictionary<object, object?>((int)entry.Length);
        for (long index = (long)entry.Offset; index < (long)(entry.Offset + entry.Length); index++)
        {
            object key = Read(shape.Children[0].Shape, keys, index) ?? DBNull.Value;
            map[key] = Read(shape.Children[1].Shape, values, index);
        }
        return map;
    }

    /// <summary>Fields by name, in order; a field without a name has its number, counted from 1.</summary>
    private static OrderedDictionary<string, object?> ReadStruct(TypeShape shape, nint vector, long row)
    {
        var fields = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        for (int index = 0; index < shape.Children.Length; index++)
        {
            (string name, TypeShape child) = shape.Children[index];
            nint values = NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)index);
            fields[name.Length == 0 ? $"{index + 1}" : name] = Read(child, values, row);
        }
        return fields;
    }

    private static object? ReadUnion(TypeShape shape, nint vector, long row)
    {
        nint tags = NativeMethods.duckdb_struct_vector_get_child(vector, 0);
        int tag = ((byte*)NativeMethods.duckdb_vector_get_data(tags))[row];
        return Read(
            shape.Children[tag].Shape,
            NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)tag + 1),
            row
        );
    }
}
