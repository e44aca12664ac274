using System.Collections.Concurrent;

namespace Waveguide.Transform;

/// <summary>What stands for the content of landed tables, read once a run.</summary>
internal sealed class SourceStates(Lanes lanes, IReadOnlyList<Table> tables)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _states = new(StringComparer.Ordinal);

    /// <summary>Whether rows of the table come, go and are replaced by the upload hour, so that models can follow.</summary>
    /// <param name="relation">Such as <c>amplitude.events</c>.</param>
    public bool IsHourly(string relation) =>
        tables.Any(table => table.Kind == TableKind.Hourly && relation == $"amplitude.{table.Name}");

    /// <summary>Changes whenever rows come, go or are replaced.</summary>
    public Task<string> OfAsync(string relation, CancellationToken cancellationToken) =>
        _states.GetOrAdd(relation, name => new Lazy<Task<string>>(() => ReadAsync(name, cancellationToken))).Value;

    private Task<string> ReadAsync(string relation, CancellationToken cancellationToken)
    {
        var row = IsHourly(relation) ? "hash(_project, _upload_hour, _loaded_at)" : "hash(landed)";
        var sql = $"SELECT count(*) || ' ' || coalesce(sum({row}), 0) FROM {relation} AS landed";
        return lanes.RunAsync(
            alone: false,
            async warehouse => (string)(await warehouse.ScalarAsync(sql, cancellationToken))!,
            cancellationToken
        );
    }
}
