using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

internal enum DuckDbState
{
    Success = 0,
    Error = 1,
}

internal enum StatementType
{
    Select = 1,
}

/// <summary>The numbers of DuckDB's <c>duckdb_type</c>.</summary>
internal enum NativeType
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    Time = 14,
    Interval = 15,
    HugeInt = 16,
    Varchar = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMillis = 21,
    TimestampNanos = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    Map = 26,
    Uuid = 27,
    Union = 28,
    Bit = 29,
    TimeTz = 30,
    TimestampTz = 31,
    UHugeInt = 32,
    Array = 33,
    Any = 34,
    BigNum = 35,
    SqlNull = 36,
    TimeNanos = 39,
    Geometry = 40,
    Variant = 41,
}

[StructLayout(LayoutKind.Sequential)]
internal struct ResultStruct
{
    public ulong ColumnCount;
    public ulong RowCount;
    public ulong RowsChanged;
    public nint Columns;
    public nint Error;
    public nint Internal;
}

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HugeInt(ulong Lower, long Upper);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct UHugeInt(ulong Lower, ulong Upper);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DecimalValue(byte Width, byte Scale, HugeInt Value);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DateValue(int Days);

/// <summary>One 64-bit number: the shape of DuckDB's times and timestamps of every precision.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MicrosValue(long Value);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BlobValue(nint Data, ulong Size);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ListEntry(ulong Offset, ulong Length);
