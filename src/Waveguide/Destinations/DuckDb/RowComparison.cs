using Waveguide.Scanning;

namespace Waveguide.Destinations.DuckDb;

/// <summary>
/// Compares the rows of a slice in two warehouses, whatever their order: first a sum of row hashes for each day and event
/// type, then the rows of those that differ. All landed columns count but those that say how a row came:
/// <c>_part</c>, <c>_line</c> and <c>_loaded_at</c>.
/// </summary>
/// <param name="warehouse">What was loaded.</param>
/// <param name="export">What the source holds now.</param>
public sealed class RowComparison(IDestination warehouse, IDestination export)
{
    private const string NoType = "(none)";

    /// <returns>Rows compared, and what differs, by day and event type.</returns>
    /// <exception cref="DestinationException">One of the warehouses cannot be read.</exception>
    public async Task<(long Rows, IReadOnlyList<RowDifference> Differences)> CompareAsync(
        Slice slice,
        CancellationToken cancellationToken
    )
    {
        var there = await SumsAsync(warehouse, slice, cancellationToken);
        var expected = await SumsAsync(export, slice, cancellationToken);
        var differences = new List<RowDifference>();
        foreach (var group in there.Keys.Union(expected.Keys).Order())
        {
            if (there.GetValueOrDefault(group) != expected.GetValueOrDefault(group))
            {
                differences.Add(await DifferenceAsync(slice, group, cancellationToken));
            }
        }

        return (expected.Values.Sum(sum => sum.Rows), differences);
    }

    private static async Task<Dictionary<(DateTime Day, string Type), (long Rows, string Sum)>> SumsAsync(
        IDestination destination,
        Slice slice,
        CancellationToken cancellationToken
    )
    {
        var rows = ReadAsync(
            destination,
            slice,
            $"SELECT day, type, count(*), sum(hash)::VARCHAR FROM ({Rows(slice)}) GROUP BY ALL",
            [],
            cancellationToken
        );
        return await rows.ToDictionaryAsync(
            row => ((DateTime)row[0]!, (string)row[1]!),
            row => ((long)row[2]!, (string)row[3]!),
            cancellationToken: cancellationToken
        );
    }

    private async Task<RowDifference> DifferenceAsync(
        Slice slice,
        (DateTime Day, string Type) group,
        CancellationToken cancellationToken
    )
    {
        var surplus = new Dictionary<(string Key, string Hash), int>();
        await CountAsync(warehouse, 1);
        await CountAsync(export, -1);
        var extra = Keys(sign: 1);
        var missing = Keys(sign: -1);
        var altered = extra.Keys.Sum(key => Math.Min(extra[key], missing.GetValueOrDefault(key)));
        return new RowDifference(
            DateOnly.FromDateTime(group.Day),
            group.Type,
            missing.Values.Sum() - altered,
            extra.Values.Sum() - altered,
            altered
        );

        async Task CountAsync(IDestination destination, int one)
        {
            var sql = $"SELECT key, hash::VARCHAR FROM ({Rows(slice)}) WHERE day = $4 AND type = $5";
            await foreach (var row in ReadAsync(destination, slice, sql, [group.Day, group.Type], cancellationToken))
            {
                var place = ((string)row[0]!, (string)row[1]!);
                surplus[place] = surplus.GetValueOrDefault(place) + one;
            }
        }

        Dictionary<string, int> Keys(int sign) =>
            surplus
                .Where(row => Math.Sign(row.Value) == sign)
                .GroupBy(row => row.Key.Key, row => Math.Abs(row.Value), StringComparer.Ordinal)
                .ToDictionary(rows => rows.Key, rows => rows.Sum(), StringComparer.Ordinal);
    }

    private static string Rows(Slice slice)
    {
        string[] how = [LandedColumns.Part, LandedColumns.Line, LandedColumns.LoadedAt];
        var columns = LandedColumns.Of(slice.Table).Select(column => column.Name).Except(how);
        return $"""
            SELECT date_trunc('day', _upload_hour)::TIMESTAMP AS day, coalesce(event_type, '{NoType}') AS type,
                coalesce(uuid, '') AS key, hash({string.Join(", ", columns.Select(Layout.Quote))})::HUGEINT AS hash
            FROM amplitude.{Layout.Quote(slice.Table.Name)}
            WHERE _project = $1 AND _upload_hour >= $2 AND _upload_hour < $3
            """;
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        IDestination destination,
        Slice slice,
        string sql,
        IReadOnlyList<object?> more,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        object?[] parameters = [slice.Project, slice.Hours.From.Start, slice.Hours.Until.Start, .. more];
        await using var result = await destination.QueryAsync(sql, parameters, cancellationToken);
        await foreach (var row in result.RowsAsync(cancellationToken))
        {
            yield return row;
        }
    }
}

/// <summary>How far a warehouse differs from the source on a day of upload hours, UTC, in one event type.</summary>
/// <param name="Missing">Rows of the source that the warehouse lacks.</param>
/// <param name="Extra">Rows that only the warehouse has, or has too often.</param>
/// <param name="Altered">Rows with the same uuid and another value somewhere.</param>
public sealed record RowDifference(DateOnly Day, string EventType, long Missing, long Extra, long Altered);
