namespace Waveguide.DuckDb;

/// <param name="SqlType">The type as DuckDB writes it, such as <c>DECIMAL(18,3)</c> or <c>STRUCT(a INTEGER)[]</c>.</param>
public sealed record DuckDbColumn(string Name, DuckDbType Type, string SqlType);
