using System.Collections.Concurrent;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>The table function through which DuckDB reads JSON of a lake: <c>FROM waveguide_lake('events')</c>.</summary>
internal sealed class LakeFunction : TableFunction
{
    private readonly ConcurrentDictionary<string, LakeRelation> _relations = new(StringComparer.Ordinal);

    public override string Name => "waveguide_lake";

    public override IReadOnlyList<DuckDbType> Parameters { get; } = [DuckDbType.Varchar];

    /// <summary>Makes the relation the one that is read by the name of its table from now on.</summary>
    public void Set(LakeRelation relation) => _relations[relation.Table.Name] = relation;

    public override TableScan Bind(IReadOnlyList<object?> arguments) =>
        new PartScan(new LakeReading(_relations[(string)arguments[0]!]));
}
