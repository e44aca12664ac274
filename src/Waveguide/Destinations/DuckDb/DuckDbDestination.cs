using Waveguide.Destinations.Erasing;
using Waveguide.Destinations.Properties;
using Waveguide.DuckDb;
using Waveguide.Scanning;

namespace Waveguide.Destinations.DuckDb;

/// <summary>
/// A warehouse in one DuckDB file. Rows, quarantined lines and ledger of a slice are one transaction, so no reader ever
/// sees part of them.
/// </summary>
public sealed class DuckDbDestination : IDestination, IErasable
{
    private readonly DuckDbDestinationOptions _options;
    private readonly WarehouseFile _file;
    private readonly WarehouseLane _lane;
    private readonly TimeProvider _clock;
    private readonly Ledger _ledger;
    private readonly ScanFunction _scans = new();
    private readonly HashSet<string> _ready = new(StringComparer.Ordinal);

    private DuckDbDestination(DuckDbDestinationOptions options, WarehouseFile file, TimeProvider clock)
    {
        _options = options;
        _file = file;
        _lane = new WarehouseLane(file.Connection, options.Path);
        _clock = clock;
        _ledger = new Ledger(file.Connection);
        if (!options.ReadOnly)
        {
            file.Connection.Register(_scans);
        }
    }

    private DuckDbConnection Connection => _file.Connection;

    /// <exception cref="ConfigurationException">The file may not be called so.</exception>
    /// <exception cref="DestinationException">The file cannot be opened, is in use, or a newer Waveguide wrote it.</exception>
    public static DuckDbDestination Open(DuckDbDestinationOptions options, TimeProvider clock)
    {
        var warehouse = WarehouseFile.Open(options, clock);
        try
        {
            if (!options.ReadOnly)
            {
                Layout.Ensure(warehouse.Connection, options.Path);
            }
            else if (Layout.Find(warehouse.Connection, options.Path) is null)
            {
                throw new DestinationException($"{options.Path} holds no Waveguide data.")
                {
                    Hint = "waveguide sync loads some; or name another warehouse with --destination.",
                };
            }

            return new DuckDbDestination(options, warehouse, clock);
        }
        catch (DuckDbException reason)
        {
            warehouse.Dispose();
            throw DuckDbFailure.Describe(options.Path, reason);
        }
        catch
        {
            warehouse.Dispose();
            throw;
        }
    }

    public bool KeepsParts => false;

    public Task<Coverage> CoverageAsync(string project, Table table, CancellationToken cancellationToken) =>
        Guard(() => _ledger.Read(project, table));

    public Task<Manifest> LoadAsync(Scan scan, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            using var relation = _scans.Open(scan);
            _file.KeepBlocks();
            EnsureTable(scan.Slice.Table);
            if (scan.Slice.Table.Kind == TableKind.Snapshot)
            {
                return new SnapshotLoad(Connection, _ledger, scan, relation).Write(cancellationToken);
            }

            var load = new SliceLoad(Connection, _ledger, scan, relation);
            var confirmed = scan.Rewrites ? null : load.Confirm(cancellationToken);
            return confirmed ?? load.Write(cancellationToken);
        });

    public Task MarkAsync(Slice slice, HourState state, string reason, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            var coverage = _ledger.Read(slice);
            var at = _clock.GetUtcNow();
            var records = slice
                .Hours.Hours()
                .Where(hour => !coverage.Holds(hour))
                .Select(hour => new HourRecord(hour, state, default, null, slice.Window, at, reason))
                .ToList();
            using var transaction = Connection.BeginTransaction();
            _ledger.Write(slice, records, []);
            transaction.Commit();
        });

    public Task<int> ForgetAsync(Slice slice, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            EnsureTable(slice.Table);
            using var transaction = Connection.BeginTransaction();
            SliceLoad.DeleteRows(Connection, slice, cancellationToken);
            _ledger.DeleteQuarantine(slice);
            var hours = _ledger.Delete(slice);
            transaction.Commit();
            return hours;
        });

    /// <summary>Makes the table, or adds the columns that it lacks; rows stay.</summary>
    public Task EnsureAsync(Table table, CancellationToken cancellationToken) => Guard(() => EnsureTable(table));

    /// <summary>Lets statements call the function, for as long as the warehouse is open.</summary>
    /// <exception cref="InvalidOperationException">There is one of its name.</exception>
    public Task RegisterAsync(TextFunction function) => Guard(() => Connection.Register(function));

    public Task<ErasureReport> FindDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken) =>
        Guard(() => new UserErasure(Connection, statuses).Find(cancellationToken));

    /// <inheritdoc/>
    /// <remarks>All in one transaction.</remarks>
    public Task<ErasureReport> EraseDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            var erasure = new UserErasure(Connection, statuses);
            var report = erasure.Find(cancellationToken);
            erasure.Apply(_clock.GetUtcNow(), cancellationToken);
            var registry = new PropertyRegistry(Connection);
            registry.Ensure(cancellationToken);
            registry.CatchUp(cancellationToken);
            return report;
        });

    /// <summary>
    /// Reads which properties the events of new and replaced hours have, into <c>waveguide.properties</c>. A call that is
    /// cancelled or killed keeps part of it, and the next one goes on from there.
    /// </summary>
    /// <returns>What is other than before.</returns>
    public async Task<IReadOnlyList<PropertyChange>> ReadPropertiesAsync(CancellationToken cancellationToken)
    {
        var registry = new PropertyRegistry(Connection);
        await Guard(() => registry.Ensure(cancellationToken));
        if (!await Guard(() => registry.IsBehind(cancellationToken)))
        {
            return [];
        }

        var before = await PropertiesAsync(cancellationToken);
        await Guard(() => registry.CatchUp(cancellationToken));
        return [.. (await PropertiesAsync(cancellationToken)).Since(before)];
    }

    /// <summary>What <see cref="ReadPropertiesAsync"/> has read so far.</summary>
    public Task<PropertySnapshot> PropertiesAsync(CancellationToken cancellationToken) =>
        PropertyReader.ReadAsync(this, cancellationToken);

    /// <summary>Leaves out of every later load what the other destination has erased, so that the two can be compared.</summary>
    public async Task FollowErasedAsync(IDestination other, CancellationToken cancellationToken)
    {
        var users = await ErasedUsers.ReadAsync(other, cancellationToken);
        await Guard(() => new ErasedUsers(Connection).Write(users));
    }

    public Task<QueryResult> QueryAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    ) => _lane.QueryAsync(sql, parameters, cancellationToken);

    /// <summary>
    /// From now on what is committed stays in the log until that has 256 MB or the file is closed, and DuckDB keeps freed
    /// memory for a while: for many statements after another, which would write and fetch the same blocks again and again.
    /// </summary>
    internal Task ExpectManyStatementsAsync() =>
        Guard(() =>
        {
            NativeAllocator.ReturnMemoryLater();
            Connection.Execute("SET GLOBAL checkpoint_threshold = '256MB'");
        });

    /// <summary>A lane beside the destination's own; dispose it first.</summary>
    internal WarehouseLane OpenLane() => new(_file.Connect(), _options.Path);

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void EnsureTable(Table table)
    {
        if (_ready.Add(table.Name))
        {
            Layout.Ensure(Connection, table);
        }
    }

    private async Task Guard(Action work) =>
        await Guard<object?>(() =>
        {
            work();
            return null;
        });

    private Task<T> Guard<T>(Func<T> work) => DuckDbFailure.GuardAsync(_options.Path, work);
}
