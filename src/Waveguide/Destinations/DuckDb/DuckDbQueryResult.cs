using System.Runtime.CompilerServices;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <param name="describe">Turns what DuckDB says into our words.</param>
internal sealed class DuckDbQueryResult(DuckDbResult result, Func<DuckDbException, Exception> describe) : QueryResult
{
    public override IReadOnlyList<QueryColumn> Columns { get; } =
    [.. result.Columns.Select(column => new QueryColumn(column.Name, column.SqlType))];

    public override async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await Task.Run(Fetch, cancellationToken) is { } chunk)
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return [.. Enumerable.Range(0, Columns.Count).Select(column => chunk[column].GetValue(row))];
            }
        }
    }

    private DuckDbChunk? Fetch()
    {
        try
        {
            return result.FetchChunk();
        }
        catch (DuckDbException reason)
        {
            throw describe(reason);
        }
    }

    public override ValueTask DisposeAsync()
    {
        result.Dispose();
        return ValueTask.CompletedTask;
    }
}
