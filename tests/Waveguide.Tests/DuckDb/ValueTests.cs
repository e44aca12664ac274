using System.Numerics;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class ValueTests : InMemory
{
    public static TheoryData<string, string, object?> Values =>
        new()
        {
            { "null", "INTEGER", null },
            { "false", "BOOLEAN", false },
            { "(-128)::tinyint", "TINYINT", sbyte.MinValue },
            { "(-32768)::smallint", "SMALLINT", short.MinValue },
            { "2147483647", "INTEGER", int.MaxValue },
            { "9223372036854775807", "BIGINT", long.MaxValue },
            { "255::utinyint", "UTINYINT", byte.MaxValue },
            { "65535::usmallint", "USMALLINT", ushort.MaxValue },
            { "4294967295::uinteger", "UINTEGER", uint.MaxValue },
            { "18446744073709551615::ubigint", "UBIGINT", ulong.MaxValue },
            { "(-170141183460469231731687303715884105728)::hugeint", "HUGEINT", -BigInteger.Pow(2, 127) },
            { "340282366920938463463374607431768211455::uhugeint", "UHUGEINT", BigInteger.Pow(2, 128) - 1 },
            {
                "'-123456789012345678901234567890123456789012345678901234567890'::bignum",
                "BIGNUM",
                BigInteger.Parse("-123456789012345678901234567890123456789012345678901234567890")
            },
            {
                "'12345678901234567890123456789012345678901234567890'::bignum",
                "BIGNUM",
                BigInteger.Parse("12345678901234567890123456789012345678901234567890")
            },
            { "0::bignum", "BIGNUM", BigInteger.Zero },
            { "1.5::float", "FLOAT", 1.5f },
            { "'nan'::double", "DOUBLE", double.NaN },
            { "-1.23::decimal(4,2)", "DECIMAL(4,2)", -1.23m },
            { "-1.23::decimal(9,2)", "DECIMAL(9,2)", -1.23m },
            { "123456789012.3456::decimal(18,4)", "DECIMAL(18,4)", 123456789012.3456m },
            { "-0.5::decimal(38,10)", "DECIMAL(38,10)", -0.5m },
            {
                "99999999999999999999999999999999999999::decimal(38,0)",
                "DECIMAL(38,0)",
                "99999999999999999999999999999999999999"
            },
            { "-0.5::decimal(38,37)", "DECIMAL(38,37)", "-0.5000000000000000000000000000000000000" },
            { "'short'", "VARCHAR", "short" },
            { "'twelve bytes'", "VARCHAR", "twelve bytes" },
            { "'more than twelve bytes'", "VARCHAR", "more than twelve bytes" },
            { "'a' || chr(0) || 'b'", "VARCHAR", "a\0b" },
            { "'[1]'::json", "JSON", "[1]" },
            { @"'\x00\xFF'::blob", "BLOB", new byte[] { 0, 255 } },
            { "'10110'::bit", "BIT", "10110" },
            { "'1011011100'::bit", "BIT", "1011011100" },
            {
                "'ffffffff-58cc-4372-8567-0e02b2c3d479'::uuid",
                "UUID",
                Guid.Parse("ffffffff-58cc-4372-8567-0e02b2c3d479")
            },
            { "date '2025-07-09'", "DATE", new DateOnly(2025, 7, 9) },
            { "date 'infinity'", "DATE", "infinity" },
            { "date '-infinity'", "DATE", "-infinity" },
            { "date '0044-03-15 (BC)'", "DATE", "0044-03-15 (BC)" },
            { "time '14:01:02.000003'", "TIME", new TimeOnly(14, 1, 2).Add(TimeSpan.FromMicroseconds(3)) },
            { "time '24:00:00'", "TIME", "24:00:00" },
            { "'14:01:02+02'::timetz", "TIME WITH TIME ZONE", "14:01:02+02" },
            { "'14:01:02.123456789'::time_ns", "TIME_NS", "14:01:02.123456789" },
            { "timestamp '2025-07-09 14:01:02.000003'", "TIMESTAMP", Utc.AddMicroseconds(3) },
            { "timestamp 'infinity'", "TIMESTAMP", "infinity" },
            { "timestamp '10000-01-01'", "TIMESTAMP", "10000-01-01 00:00:00" },
            { "'2025-07-09 14:01:02'::timestamp_s", "TIMESTAMP_S", Utc },
            { "'2025-07-09 14:01:02.003'::timestamp_ms", "TIMESTAMP_MS", Utc.AddMilliseconds(3) },
            { "'2025-07-09 14:01:02.000000399'::timestamp_ns", "TIMESTAMP_NS", Utc.AddTicks(3) },
            { "'infinity'::timestamp_ns", "TIMESTAMP_NS", "infinity" },
            { "'infinity'::timestamp_s", "TIMESTAMP_S", "infinity" },
            { "timestamptz '2025-07-09 16:01:02+02'", "TIMESTAMP WITH TIME ZONE", Utc },
            { "interval '1 month 2 days 3 microseconds'", "INTERVAL", new DuckDbInterval(1, 2, 3) },
            { "'b'::enum('a', 'b')", "ENUM('a', 'b')", "b" },
            {
                "[1, null, 3]",
                "INTEGER[]",
                new List<object?> { 1, null, 3 }
            },
            { "[]::varchar[]", "VARCHAR[]", new List<object?>() },
            {
                "array[1, 2]::integer[2]",
                "INTEGER[2]",
                new List<object?> { 1, 2 }
            },
            {
                "{'a': 1, 'b c': null::varchar}",
                "STRUCT(a INTEGER, \"b c\" VARCHAR)",
                new Dictionary<string, object?> { ["a"] = 1, ["b c"] = null }
            },
            {
                "row(1, 'x')",
                "STRUCT(INTEGER, VARCHAR)",
                new Dictionary<string, object?> { ["1"] = 1, ["2"] = "x" }
            },
            {
                "map {'k': 1, 'l': null}",
                "MAP(VARCHAR, INTEGER)",
                new Dictionary<object, object?> { ["k"] = 1, ["l"] = null }
            },
            { "union_value(num := 2)::union(str varchar, num integer)", "UNION(str VARCHAR, num INTEGER)", 2 },
            {
                "[{'a': [uuid '00000000-0000-0000-0000-000000000000']}]",
                "STRUCT(a UUID[])[]",
                new List<object?> { new Dictionary<string, object?> { ["a"] = new List<object?> { Guid.Empty } } }
            },
        };

    private static DateTime Utc { get; } = new(2025, 7, 9, 14, 1, 2, DateTimeKind.Utc);

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Every_type_has_a_value_and_a_name(string expression, string sqlType, object? expected)
    {
        // The third row shows that a value is read at its own row, the second that NULL is.
        using DuckDbResult result = Connection.Query(
            $"select {expression} as value union all select null union all select {expression}"
        );
        object?[] values = [.. result.Rows().Select(row => row[0])];
        Assert.Equal(sqlType, result.Columns[0].SqlType);
        Assert.Equal([expected, null, expected], values);
    }

    [Fact]
    public void A_type_of_all_of_DuckDBs_own_samples_is_read()
    {
        using DuckDbResult result = Connection.Query("from test_all_types()");
        DuckDbRow[] rows = [.. result.Rows()];
        Assert.Equal(3, rows.Length);
        Assert.All(rows[2].Values, Assert.Null);
        Assert.DoesNotContain(result.Columns, column => column.Type == DuckDbType.Unknown);
    }

    [Fact]
    public void A_large_enum_is_read_by_its_wider_index()
    {
        Connection.Execute("create type e as enum (select 'v' || range from range(70000))");
        Assert.Equal("v69999", Connection.Scalar("select 'v69999'::e"));
        Assert.Equal("v300", Connection.Scalar("select 'v300'::e"));
    }

    [Fact]
    public void A_variant_is_refused_with_advice()
    {
        var error = Assert.Throws<NotSupportedException>(() => Connection.Scalar("select 1::variant"));
        Assert.Contains("cast it", error.Message);
    }

    [Fact]
    public void Integers_of_every_width_are_read_as_64_bits()
    {
        using DuckDbResult result = Connection.Query(
            "select 1::tinyint, 2::smallint, 3::integer, 4::bigint, 5::utinyint, 6::usmallint, 7::uinteger, 8::ubigint, 9::hugeint"
        );
        DuckDbChunk chunk = result.FetchChunk()!;
        Assert.Equal(
            [1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L],
            Enumerable.Range(0, chunk.ColumnCount).Select(column => chunk[column].GetInt64(0))
        );
    }
}
