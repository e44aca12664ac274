namespace Waveguide;

/// <summary>The answer to a query, streamed. Dispose it before the destination is used again.</summary>
public abstract class QueryResult : IAsyncDisposable
{
    public abstract IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The rows, once; values are null, or of the base class library's type nearest to the column's.</summary>
    public abstract IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <param name="Type">The type in the destination's SQL.</param>
public sealed record QueryColumn(string Name, string Type);
