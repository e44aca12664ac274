using System.Security.Cryptography;
using System.Text.Json;
using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Erasing;
using Waveguide.DuckDb;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// Files over any store. The files of a slice are put first, under names that nothing else has; one manifest, put last
/// and whole, makes them visible. Whoever reads goes by the manifests.
/// </summary>
public sealed class LakeDestination : IDestination, IErasable
{
    private readonly LakeObjects _objects;
    private readonly LakeSweep _sweep;
    private readonly LakeDestinationOptions _options;
    private readonly TimeProvider _clock;
    private readonly IAsyncDisposable? _lock;
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private LakeEngine? _engine;
    private ObjectCache? _cache;
    private LakeCatalog? _catalog;
    private bool _exists;

    private LakeDestination(
        LakeObjects objects,
        LakeDestinationOptions options,
        TimeProvider clock,
        IAsyncDisposable? held,
        bool exists
    )
    {
        _objects = objects;
        _sweep = new LakeSweep(objects);
        _options = options;
        _clock = clock;
        _lock = held;
        _exists = exists;
    }

    public bool KeepsParts => _options.Format != LakeFormat.Parquet;

    private LakeEngine Engine => _engine ??= new LakeEngine(_options);

    private ObjectCache Cache => _cache ??= new ObjectCache(_objects.Store, Engine, _options.CacheBytes);

    private LakeErasure Erasure => new(_objects, Engine, Cache);

    /// <param name="store">Disposed with the destination, or here if this fails.</param>
    /// <exception cref="DestinationException">The store cannot be used, is in use, or a newer Waveguide wrote it.</exception>
    public static async Task<LakeDestination> OpenAsync(
        IObjectStore store,
        LakeDestinationOptions options,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var objects = new LakeObjects(store);
        IAsyncDisposable? held = null;
        try
        {
            held = options.ReadOnly ? null : await store.LockAsync(options.Owner, cancellationToken);
            var layout = await objects.LayoutAsync(cancellationToken);
            var lake = new LakeDestination(objects, options, clock, held, layout is not null);
            await lake.BeginAsync(layout, cancellationToken);
            return lake;
        }
        catch
        {
            await (held?.DisposeAsync() ?? ValueTask.CompletedTask);
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether anything was ever loaded there.</summary>
    /// <exception cref="DestinationException">The store cannot be read, or a newer Waveguide wrote it.</exception>
    public static async Task<bool> ExistsAsync(IObjectStore store, CancellationToken cancellationToken) =>
        await new LakeObjects(store).LayoutAsync(cancellationToken) is not null;

    public async Task<Coverage> CoverageAsync(string project, Table table, CancellationToken cancellationToken)
    {
        var prefix = LakeScope.LedgerOf(project, table);
        var manifests = await _objects.ReadAllAsync<LakeManifest>(prefix, cancellationToken);
        return new Coverage(manifests.SelectMany(manifest => manifest.Hours).Select(Record));
    }

    public async Task<Manifest> LoadAsync(Scan scan, CancellationToken cancellationToken)
    {
        var slice = scan.Slice;
        var scope = ScopeOf(slice);
        var schema = await PrepareAsync(slice.Table, cancellationToken);
        var before = await _objects.ManifestAsync(scope, cancellationToken);
        await _sweep.MarkAsync(scope, cancellationToken);
        try
        {
            var after = await WriteAsync(scan, before, schema, cancellationToken);
            await _objects.CommitAsync(after, cancellationToken);
            await _sweep.FinishAsync(after, cancellationToken);
            return Committed(scan, before, after);
        }
        catch (SourceException)
        {
            await _sweep.FinishAsync(before, cancellationToken);
            throw;
        }
        catch (DuckDbException reason)
        {
            throw DuckDbFailure.Describe(_objects.Store.Address, reason);
        }
        finally
        {
            ForgetCatalog();
        }
    }

    public async Task MarkAsync(Slice slice, HourState state, string reason, CancellationToken cancellationToken)
    {
        var schema = await PrepareAsync(slice.Table, cancellationToken);
        var at = _clock.GetUtcNow();
        foreach (var hours in slice.Hours.Hours().GroupBy(hour => LakeScope.Of(slice.Project, slice.Table, hour)))
        {
            var manifest = await _objects.ManifestAsync(hours.Key, cancellationToken);
            var notes = hours
                .Where(hour => manifest[hour] is not { IsLoaded: true })
                .Select(hour => new HourRecord(hour, state, default, null, slice.Window, at, reason))
                .Select(record => new LakeHour(record, [], []))
                .ToList();
            await _objects.CommitAsync(manifest.With(notes) with { Schema = schema }, cancellationToken);
        }

        ForgetCatalog();
    }

    public async Task<int> ForgetAsync(Slice slice, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (
            var scope in slice.Hours.Hours().Select(hour => LakeScope.Of(slice.Project, slice.Table, hour)).Distinct()
        )
        {
            var before = await _objects.ManifestAsync(scope, cancellationToken);
            var after = before.Without(slice.Hours);
            if (after.Hours.Count < before.Hours.Count)
            {
                await _sweep.MarkAsync(scope, cancellationToken);
                await _objects.CommitAsync(after, cancellationToken);
                await _sweep.FinishAsync(after, cancellationToken);
                forgotten += before.Hours.Count - after.Hours.Count;
            }
        }

        ForgetCatalog();
        return forgotten;
    }

    public Task<ErasureReport> FindDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken) =>
        EraseAsync(statuses, at: null, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A day of an hourly table, or another table, is committed at once.</remarks>
    public Task<ErasureReport> EraseDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken) =>
        EraseAsync(statuses, _clock.GetUtcNow(), cancellationToken);

    public async Task<QueryResult> QueryAsync(
        string sql,
        IReadOnlyList<object?> parameters,
        CancellationToken cancellationToken
    )
    {
        _catalog ??= new LakeCatalog(_objects, Engine, Cache);
        try
        {
            var connection = await _catalog.OpenAsync(sql, cancellationToken);
            return new DuckDbQueryResult(
                await Task.Run(() => connection.Query(sql, parameters, cancellationToken), cancellationToken),
                Describe
            );
        }
        catch (DuckDbException reason)
        {
            throw Describe(reason);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _catalog?.Dispose();
        _engine?.Dispose();
        await (_lock?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _objects.Store.DisposeAsync();
    }

    private async Task<ErasureReport> EraseAsync(
        IReadOnlyList<string> statuses,
        DateTimeOffset? at,
        CancellationToken cancellationToken
    )
    {
        ForgetCatalog();
        try
        {
            return await Erasure.RunAsync(statuses, at, cancellationToken);
        }
        catch (DuckDbException reason)
        {
            throw Describe(reason);
        }
    }

    private async Task BeginAsync(int? layout, CancellationToken cancellationToken)
    {
        if (_options.ReadOnly)
        {
            if (!_exists)
            {
                throw new DestinationException($"{_objects.Store.Address} holds no Waveguide data.")
                {
                    Hint = "waveguide sync loads some; or name another destination with --destination.",
                };
            }

            return;
        }

        if (layout < LayoutVersion.Newest)
        {
            await _objects.WriteLayoutAsync(cancellationToken);
        }

        await _sweep.RecoverAsync(cancellationToken);
        if (_options.ArchiveDays is { } days)
        {
            await new LakeArchive(_objects.Store).PruneAsync(_clock.GetUtcNow().AddDays(-days), cancellationToken);
        }
    }

    private async Task<LakeManifest> WriteAsync(
        Scan scan,
        LakeManifest before,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var store = _objects.Store;
        var files = new FileWriter(Engine, store, _options.Format, scan, schema);
        var quarantine = new QuarantineWriter(store, scan, schema);
        var after =
            scan.Slice.Table.Kind == TableKind.Snapshot
                ? await new LakeSnapshot(scan, before, files, quarantine).WriteAsync(cancellationToken)
                : await new LakeLoad(scan, before, files, quarantine).WriteAsync(_options.Format, cancellationToken);
        if (_options.KeepArchives && scan.Fetched.Archive is { } archive)
        {
            var kept = await Erasure.LeaveOutAsync(after.Scope, archive, cancellationToken);
            await new LakeArchive(store).KeepAsync(scan.Fetched, kept, cancellationToken);
        }

        return await Erasure.LeaveOutAsync(after with { Schema = schema }, before, cancellationToken);
    }

    /// <summary>Makes sure that the lake says what it is, and how the table's columns are called.</summary>
    /// <returns>The key of the object that describes the table.</returns>
    private async Task<string> PrepareAsync(Table table, CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await _objects.WriteLayoutAsync(cancellationToken);
            _exists = true;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(table, LakeText.Json)));
        var key = $"_waveguide/tables/{table.Name}/{hash[..16]}.jsonl";
        if (_schemas.Add(key))
        {
            await _objects.PutAsync(key, table, cancellationToken);
        }

        return key;
    }

    /// <exception cref="ArgumentException">The slice is of several days, which cannot be committed at once.</exception>
    private static LakeScope ScopeOf(Slice slice)
    {
        var scope = LakeScope.Of(slice.Project, slice.Table, slice.Hours.From);
        return scope == LakeScope.Of(slice.Project, slice.Table, slice.Hours.Until.AddHours(-1))
            ? scope
            : throw new ArgumentException($"{slice} is of more than one UTC day.", nameof(slice));
    }

    private static Manifest Committed(Scan scan, LakeManifest before, LakeManifest after)
    {
        var hours = after.Hours.Where(hour => scan.Slice.Hours.Contains(hour.Record.Hour)).ToList();
        var replaced = hours
            .Where(hour =>
                before[hour.Record.Hour] is { IsLoaded: true } was && was.Record.Fingerprint != hour.Record.Fingerprint
            )
            .Select(hour => hour.Record.Hour);
        return new Manifest(
            scan.Slice,
            [.. hours.Select(hour => hour.Record)],
            [.. replaced],
            scan.Fetched.Parts,
            ToolVersion.Text,
            scan.LoadedAt
        );
    }

    /// <summary>Equal to others with the same content, as far as lists without anything in them go.</summary>
    private static HourRecord Record(LakeHour hour) =>
        hour.Record.Parts.Count > 0 ? hour.Record : hour.Record with { Parts = [] };

    private DestinationException Describe(DuckDbException reason) =>
        DuckDbFailure.Describe(_objects.Store.Address, reason);

    private void ForgetCatalog()
    {
        _catalog?.Dispose();
        _catalog = null;
    }
}
