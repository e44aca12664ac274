using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>Statements on an open warehouse, one at a time, in transactions of their own; lanes run beside each other.</summary>
internal sealed class WarehouseLane(DuckDbConnection connection, string path) : IDisposable
{
    /// <inheritdoc cref="IDestination.QueryAsync"/>
    public Task<QueryResult> QueryAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    ) =>
        DuckDbFailure.GuardAsync<QueryResult>(
            path,
            () =>
                new DuckDbQueryResult(
                    connection.Query(sql, parameters, cancellationToken),
                    reason => DuckDbFailure.Describe(path, reason)
                )
        );

    public void Dispose() => connection.Dispose();
}
