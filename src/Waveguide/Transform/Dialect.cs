namespace Waveguide.Transform;

/// <summary>A SQL engine, as dbt's macros tell it from others.</summary>
/// <param name="Name">What dbt calls the adapter.</param>
/// <param name="Prefixes">What the names of its macros begin with, the most special first.</param>
public sealed record Dialect(string Name, IReadOnlyList<string> Prefixes)
{
    public static Dialect DuckDb { get; } = Of("duckdb");

    public static Dialect Postgres { get; } = Of("postgres");

    public static Dialect ClickHouse { get; } = Of("clickhouse");

    public static Dialect Snowflake { get; } = Of("snowflake");

    /// <summary>dbt's adapter for Databricks stands on the one for Spark.</summary>
    public static Dialect Databricks { get; } = new("databricks", ["databricks__", "spark__", "default__"]);

    public static IReadOnlyList<Dialect> All { get; } = [DuckDb, Postgres, ClickHouse, Snowflake, Databricks];

    private static Dialect Of(string name) => new(name, [$"{name}__", "default__"]);
}
