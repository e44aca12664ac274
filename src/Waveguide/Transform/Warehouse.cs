namespace Waveguide.Transform;

/// <summary>A destination, or a lane into one, as the runner of models uses it: statements, one at a time.</summary>
/// <param name="query"><see cref="IDestination.QueryAsync"/>.</param>
internal sealed class Warehouse(Func<string, IReadOnlyList<object?>, CancellationToken, Task<QueryResult>> query)
{
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        ExecuteAsync(sql, [], cancellationToken);

    public Task ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) =>
        RowsAsync(sql, parameters, cancellationToken);

    /// <summary>The first value of the first row.</summary>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        (await RowsAsync(sql, [], cancellationToken))[0][0];

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> RowsAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    )
    {
        await using var result = await query(sql, parameters, cancellationToken);
        return await result.RowsAsync(cancellationToken).ToListAsync(cancellationToken);
    }

    /// <summary>All of it is kept, or nothing.</summary>
    public async Task TransactAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await ExecuteAsync("BEGIN TRANSACTION", cancellationToken);
        try
        {
            await work();
            await ExecuteAsync("COMMIT", cancellationToken);
        }
        catch
        {
            await RollBackAsync();
            throw;
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
        catch (DestinationException)
        {
            // The engine has ended the transaction itself; nothing of it was kept.
        }
    }
}
