using System.Numerics;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class ParameterTests : InMemory
{
    public static TheoryData<string, object?, object?> RoundTrips =>
        new()
        {
            { "INTEGER", null, null },
            { "BOOLEAN", true, true },
            { "BIGINT", long.MinValue, long.MinValue },
            { "BIGINT", long.MaxValue, long.MaxValue },
            { "INTEGER", 7, 7 },
            { "TINYINT", (sbyte)-128, (sbyte)-128 },
            { "UBIGINT", ulong.MaxValue, ulong.MaxValue },
            { "HUGEINT", BigInteger.Pow(2, 127) - 1, BigInteger.Pow(2, 127) - 1 },
            { "HUGEINT", -BigInteger.Pow(2, 120) - 5, -BigInteger.Pow(2, 120) - 5 },
            { "DOUBLE", double.Epsilon, double.Epsilon },
            { "DOUBLE", double.NegativeInfinity, double.NegativeInfinity },
            { "FLOAT", 1.5f, 1.5f },
            { "DECIMAL(18,4)", -12345.6789m, -12345.6789m },
            { "DECIMAL(38,0)", decimal.MaxValue, decimal.MaxValue },
            { "DECIMAL(38,28)", 0.0000000000000000000000000001m, 0.0000000000000000000000000001m },
            { "VARCHAR", "", "" },
            { "VARCHAR", "a\0b", "a\0b" },
            { "VARCHAR", "\0", "\0" },
            { "VARCHAR", "emoji \U0001F3C4 and 漢字, long enough", "emoji \U0001F3C4 and 漢字, long enough" },
            { "VARCHAR", "a lone surrogate \uD800", "a lone surrogate \uFFFD" },
            { "JSON", """{"a":1}""", """{"a":1}""" },
            { "BLOB", Array.Empty<byte>(), Array.Empty<byte>() },
            { "BLOB", new byte[] { 0, 1, 255, 0 }, new byte[] { 0, 1, 255, 0 } },
            {
                "UUID",
                Guid.Parse("f47ac10b-58cc-4372-8567-0e02b2c3d479"),
                Guid.Parse("f47ac10b-58cc-4372-8567-0e02b2c3d479")
            },
            { "UUID", Guid.Empty, Guid.Empty },
            {
                "TIMESTAMP",
                new DateTime(2025, 7, 9, 14, 0, 0, 1, 2),
                Utc(2025, 7, 9).AddHours(14).AddMicroseconds(1002)
            },
            { "TIMESTAMP", Utc(1, 1, 1), Utc(1, 1, 1) },
            { "TIMESTAMP", Utc(9999, 12, 31), Utc(9999, 12, 31) },
            { "TIMESTAMP", Utc(1969, 12, 31).AddTicks(-5), Utc(1969, 12, 31).AddMicroseconds(-1) },
            { "TIMESTAMP", new DateTimeOffset(2025, 7, 9, 2, 0, 0, TimeSpan.FromHours(2)), Utc(2025, 7, 9) },
            { "DATE", DateOnly.MinValue, DateOnly.MinValue },
            { "DATE", DateOnly.MaxValue, DateOnly.MaxValue },
            { "TIME", new TimeOnly(23, 59, 59, 999, 999), new TimeOnly(23, 59, 59, 999, 999) },
            { "INTERVAL", new DuckDbInterval(-1, 2, 3), new DuckDbInterval(-1, 2, 3) },
        };

    [Theory]
    [MemberData(nameof(RoundTrips), DisableDiscoveryEnumeration = true)]
    public void A_parameter_comes_back_from_a_column_of_its_type(string type, object? given, object? expected)
    {
        Connection.Execute($"create table t (value {type})");
        Assert.Equal(1, Connection.Execute("insert into t values ($1)", [given]));
        Assert.Equal(expected, Connection.Scalar("select value from t"));
    }

    [Fact]
    public void A_time_comes_back_in_UTC()
    {
        using DuckDbResult result = Connection.Query("select $1", [Utc(2025, 7, 9)]);
        DateTime time = result.FetchChunk()![0].GetTimestamp(0);
        Assert.Equal((Utc(2025, 7, 9), DateTimeKind.Utc), (time, time.Kind));
        Assert.Equal("TIMESTAMP", result.Columns[0].SqlType);
    }

    [Fact]
    public void A_prepared_statement_runs_again_with_other_values()
    {
        Connection.Execute("create table t (i bigint, s varchar)");
        using DuckDbStatement statement = Connection.Prepare("insert into t values ($1, $2)");
        for (long i = 0; i < 100; i++)
        {
            Assert.Equal(1, statement.Bind(1, i).Bind(2, $"row {i}").Execute());
        }
        Assert.Equal("row 99", Connection.Scalar("select max_by(s, i) from t"));
    }

    [Fact]
    public void A_parameter_number_that_does_not_exist_is_refused()
    {
        using DuckDbStatement statement = Connection.Prepare("select $1");
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(2, 1L));
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(0, "x"));
        Assert.Equal(1, statement.ParameterCount);
    }

    [Fact]
    public void A_value_of_a_type_DuckDB_has_not_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Connection.Query("select $1", [new Uri("http://a")]));
        Assert.StartsWith("No DuckDB parameter holds a System.Uri.", error.Message);
    }

    [Fact]
    public void Several_statements_cannot_be_prepared_as_one()
    {
        Assert.Throws<DuckDbException>(() => Connection.Prepare("select 1; select 2"));
    }

    private static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
