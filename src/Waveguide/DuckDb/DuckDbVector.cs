using System.Globalization;
using System.Text;

namespace Waveguide.DuckDb;

/// <summary>
/// One column of a chunk. The typed members read without allocating and throw <see cref="InvalidCastException"/> where
/// the type differs or the value is null; they do not convert, except between integers.
/// </summary>
public sealed unsafe class DuckDbVector
{
    private readonly DuckDbChunk _chunk;
    private readonly DuckDbColumn _column;
    private readonly TypeShape _shape;
    private readonly nint _vector;
    private readonly void* _data;
    private readonly ulong* _validity;

    internal DuckDbVector(DuckDbChunk chunk, DuckDbColumn column, TypeShape shape, nint vector)
    {
        _chunk = chunk;
        _column = column;
        _shape = shape;
        _vector = vector;
        _data = NativeMethods.duckdb_vector_get_data(vector);
        _validity = NativeMethods.duckdb_vector_get_validity(vector);
    }

    public DuckDbColumn Column => _column;

    public bool IsNull(int row)
    {
        CheckRow(row);
        return VectorValues.IsNull(_validity, row);
    }

    public bool GetBoolean(int row) => ((bool*)Data(row, DuckDbType.Boolean))[row];

    /// <exception cref="OverflowException">The number does not fit 64 signed bits.</exception>
    public long GetInt64(int row) =>
        _shape.Type switch
        {
            DuckDbType.BigInt => ((long*)Data(row, DuckDbType.BigInt))[row],
            DuckDbType.Integer => ((int*)Data(row, DuckDbType.Integer))[row],
            DuckDbType.UBigInt => checked((long)((ulong*)Data(row, DuckDbType.UBigInt))[row]),
            DuckDbType.HugeInt => (long)Numbers.ToBigInteger(((HugeInt*)Data(row, DuckDbType.HugeInt))[row]),
            DuckDbType.TinyInt
            or DuckDbType.SmallInt
            or DuckDbType.UTinyInt
            or DuckDbType.USmallInt
            or DuckDbType.UInteger => Convert.ToInt64(Valid(row), CultureInfo.InvariantCulture),
            _ => throw Mismatch("an integer"),
        };

    public double GetDouble(int row) =>
        _shape.Type == DuckDbType.Float
            ? ((float*)Data(row, DuckDbType.Float))[row]
            : ((double*)Data(row, DuckDbType.Double))[row];

    /// <summary>The text of a VARCHAR, JSON or ENUM.</summary>
    public string GetString(int row) =>
        _shape.Type == DuckDbType.Enum ? (string)Valid(row)! : Encoding.UTF8.GetString(GetUtf8(row));

    /// <summary>The bytes of a VARCHAR, JSON or BLOB, in DuckDB's memory: valid until the result moves on.</summary>
    public ReadOnlySpan<byte> GetUtf8(int row)
    {
        if (_shape.Type is not (DuckDbType.Varchar or DuckDbType.Json or DuckDbType.Blob))
        {
            throw Mismatch("text or bytes");
        }
        CheckValue(row);
        return VectorValues.Bytes(_data, row);
    }

    /// <summary>A timestamp of any precision, with or without a zone, as UTC.</summary>
    /// <exception cref="OverflowException">The time is infinite, or beyond the years 1 to 9999.</exception>
    public DateTime GetTimestamp(int row)
    {
        if (
            _shape.Type
            is not (
                DuckDbType.Timestamp
                or DuckDbType.TimestampTz
                or DuckDbType.TimestampSeconds
                or DuckDbType.TimestampMillis
                or DuckDbType.TimestampNanos
            )
        )
        {
            throw Mismatch("a timestamp");
        }
        CheckValue(row);
        return Times.TryFromTimestamp(_shape.Type, ((long*)_data)[row], out DateTime time)
            ? time
            : throw new OverflowException(
                $"Column {_column.Name}, row {row}: {Valid(row)} is beyond what DateTime holds."
            );
    }

    /// <summary>A TIMESTAMP, with or without a zone, as microseconds since 1970-01-01 UTC; never out of range.</summary>
    public long GetTimestampMicros(int row) =>
        _shape.Type == DuckDbType.TimestampTz
            ? ((long*)Data(row, DuckDbType.TimestampTz))[row]
            : ((long*)Data(row, DuckDbType.Timestamp))[row];

    public Guid GetGuid(int row) => Numbers.FromUuid(Numbers.FlipUuid(((UHugeInt*)Data(row, DuckDbType.Uuid))[row]));

    /// <summary>
    /// Any value, null for NULL: integers as their own .NET type, HUGEINT and BIGNUM as BigInteger, DATE as DateOnly,
    /// TIME as TimeOnly, timestamps as UTC DateTime, INTERVAL as <see cref="DuckDbInterval"/>, UUID as Guid, BLOB as
    /// byte[], GEOMETRY as WKB, LIST and ARRAY as List, STRUCT as OrderedDictionary, MAP as Dictionary, UNION as its
    /// member. What the .NET type cannot hold (a DECIMAL of 38 digits, 24:00, infinity, the year 10000) and TIME with a
    /// zone or of nanoseconds come as DuckDB's text.
    /// </summary>
    /// <exception cref="NotSupportedException">The column is a VARIANT, or of a type newer than this binding.</exception>
    public object? GetValue(int row)
    {
        CheckRow(row);
        return VectorValues.IsNull(_validity, row) ? null : Valid(row);
    }

    private object? Valid(int row)
    {
        CheckValue(row);
        return VectorValues.ReadValid(_shape, _vector, _data, row);
    }

    private void* Data(int row, DuckDbType type)
    {
        if (_shape.Type != type)
        {
            throw Mismatch(TypeNames.Sql(type));
        }
        CheckValue(row);
        return _data;
    }

    private void CheckValue(int row)
    {
        CheckRow(row);
        if (VectorValues.IsNull(_validity, row))
        {
            throw new InvalidCastException($"Column {_column.Name} is NULL in row {row} of the chunk.");
        }
    }

    private void CheckRow(int row)
    {
        ObjectDisposedException.ThrowIf(_chunk.IsReleased, _chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_chunk.RowCount, nameof(row));
    }

    private InvalidCastException Mismatch(string wanted) =>
        new($"Column {_column.Name} is {_column.SqlType}, not {wanted}.");
}
