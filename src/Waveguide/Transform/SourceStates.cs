namespace Waveguide.Transform;

/// <summary>What stands for the content of landed tables, read once a run.</summary>
internal sealed class SourceStates(Warehouse warehouse, IReadOnlyList<Table> tables)
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>Whether rows of the table come, go and are replaced by the upload hour, so that models can follow.</summary>
    /// <param name="relation">Such as <c>amplitude.events</c>.</param>
    public bool IsHourly(string relation) =>
        tables.Any(table => table.Kind == TableKind.Hourly && relation == $"amplitude.{table.Name}");

    /// <summary>Changes whenever rows come, go or are replaced.</summary>
    public async Task<string> OfAsync(string relation, CancellationToken cancellationToken)
    {
        if (!_states.TryGetValue(relation, out var state))
        {
            var row = IsHourly(relation) ? "hash(_project, _upload_hour, _loaded_at)" : "hash(landed)";
            var read = await warehouse.ScalarAsync(
                $"SELECT count(*) || ' ' || coalesce(sum({row}), 0) FROM {relation} AS landed",
                cancellationToken
            );
            _states[relation] = state = (string)read!;
        }

        return state;
    }
}
