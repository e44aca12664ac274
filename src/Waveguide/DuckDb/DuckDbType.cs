namespace Waveguide.DuckDb;

public enum DuckDbType
{
    /// <summary>A type this binding does not know; cast it in the query to read it.</summary>
    Unknown,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    HugeInt,
    UTinyInt,
    USmallInt,
    UInteger,
    UBigInt,
    UHugeInt,
    Float,
    Double,
    Decimal,
    Varchar,

    /// <summary>VARCHAR under the alias JSON: goes into a JSON column without a cast, and so without being checked again.</summary>
    Json,
    Blob,
    Bit,
    BigNum,
    Uuid,
    Date,
    Time,
    TimeNanos,
    TimeTz,

    /// <summary>Microseconds since 1970-01-01, without a zone; Waveguide keeps UTC in it.</summary>
    Timestamp,
    TimestampSeconds,
    TimestampMillis,
    TimestampNanos,
    TimestampTz,
    Interval,
    Enum,
    List,
    Array,
    Struct,
    Map,
    Union,
    Geometry,

    /// <summary>Cannot be read as a value; cast it to JSON or VARCHAR in the query.</summary>
    Variant,
    Null,
}
