using System.Runtime.CompilerServices;
using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

internal sealed class DuckDbQueryResult(DuckDbResult result) : QueryResult
{
    public override IReadOnlyList<QueryColumn> Columns { get; } =
    [.. result.Columns.Select(column => new QueryColumn(column.Name, column.SqlType))];

    public override async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await Task.Run(result.FetchChunk, cancellationToken) is { } chunk)
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return [.. Enumerable.Range(0, Columns.Count).Select(column => chunk[column].GetValue(row))];
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        result.Dispose();
        return ValueTask.CompletedTask;
    }
}
