namespace Waveguide.DuckDb;

/// <summary>The values of one row, as <see cref="DuckDbVector.GetValue"/> gives them; keeps nothing of the result alive.</summary>
public sealed class DuckDbRow
{
    private readonly IReadOnlyList<DuckDbColumn> _columns;

    internal DuckDbRow(IReadOnlyList<DuckDbColumn> columns, IReadOnlyList<object?> values)
    {
        _columns = columns;
        Values = values;
    }

    public IReadOnlyList<object?> Values { get; }

    public object? this[int column] => Values[column];

    /// <exception cref="KeyNotFoundException">No column has that name.</exception>
    public object? this[string column]
    {
        get
        {
            for (int index = 0; index < _columns.Count; index++)
            {
                if (string.Equals(_columns[index].Name, column, StringComparison.OrdinalIgnoreCase))
                {
                    return Values[index];
                }
            }
            throw new KeyNotFoundException($"There is no column {column}.");
        }
    }
}
