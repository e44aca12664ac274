using Waveguide.Destinations.DuckDb;
using Waveguide.Destinations.Erasing;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// Finds, and erases, what a lake holds of users. Who they are is noted first, so that nothing brings them back; then one
/// scope after the other is written again, each whole or not at all.
/// </summary>
internal sealed class LakeErasure(LakeObjects objects, LakeEngine engine, ObjectCache cache)
{
    private const string Profiles = "user_profiles";

    private readonly LakeSweep _sweep = new(objects);

    /// <param name="statuses">Of the deletion jobs that count.</param>
    /// <param name="at">When it is, to erase; null only finds.</param>
    /// <exception cref="ConfigurationException">The deletion jobs were never loaded.</exception>
    public async Task<ErasureReport> RunAsync(
        IReadOnlyList<string> statuses,
        DateTimeOffset? at,
        CancellationToken cancellationToken
    )
    {
        var ledger = await objects.ReadAllAsync<LakeManifest>(LakeScope.Ledger, cancellationToken);
        var tables = ledger.Select(manifest => manifest.Scope.Table).ToHashSet(StringComparer.Ordinal);
        if (!tables.Contains("deletions"))
        {
            throw LeavingUsers.NoJobs();
        }

        using var catalog = new LakeCatalog(objects, engine, cache);
        var connection = await catalog.OpenAsync("deletions, merged_ids, quarantine", cancellationToken);
        var users = new LeavingUsers(connection);
        users.Find(statuses, tables.Contains("merged_ids"));
        var leaving = new LakeLeaving(connection);
        await FindAsync(leaving, ledger, cancellationToken);
        await leaving.FindLinesAsync("waveguide.quarantine", cancellationToken);
        var erased = await LakeErased.ReadAsync(objects, cancellationToken);
        var report = users.Report(erased.Users, cancellationToken);
        if (at is { } moment)
        {
            await NoteAsync(erased, leaving.Users(moment), cancellationToken);
            await EraseAsync(leaving, ledger, cancellationToken);
        }

        return report with
        {
            Archives = await ArchivesAsync(leaving, at is not null, cancellationToken),
        };
    }

    /// <summary>Leaves out of what a slice has just brought whoever was erased earlier.</summary>
    /// <param name="after">The manifest that is to be committed.</param>
    /// <param name="before">The manifest that is there.</param>
    /// <returns>What is to be committed in its place; the fingerprints stay those of what the source gave.</returns>
    public async Task<LakeManifest> LeaveOutAsync(
        LakeManifest after,
        LakeManifest before,
        CancellationToken cancellationToken
    )
    {
        var old = before.Keys.ToHashSet(StringComparer.Ordinal);
        var fresh = after with
        {
            Hours =
            [
                .. after.Hours.Select(hour =>
                    hour with
                    {
                        Files = [.. hour.Files.Where(file => !old.Contains(file.Key))],
                        Quarantine = [.. hour.Quarantine.Where(file => !old.Contains(file.Key))],
                    }
                ),
            ],
        };
        if (!fresh.Keys.Any() || await FollowAsync(after.Scope, cancellationToken) is not { } leaving)
        {
            return after;
        }

        using var connection = leaving.Connection;
        await FindAsync(leaving, [fresh], cancellationToken);
        await WithFilesAsync(async taken =>
        {
            var aside = fresh.Hours.SelectMany(hour => hour.Quarantine);
            if (await LakeCatalog.LinesAsync(aside, cache, taken, cancellationToken) is { } lines)
            {
                await leaving.FindLinesAsync($"({lines})", cancellationToken);
            }
        });
        return await new LakeRewriting(objects.Store, engine, cache, leaving).WriteAsync(after, cancellationToken);
    }

    /// <summary>The archive that is to be kept: without the lines of whoever was erased earlier.</summary>
    /// <returns>The path of the archive as it came, or of another.</returns>
    public async Task<string> LeaveOutAsync(LakeScope scope, string archive, CancellationToken cancellationToken)
    {
        if (await FollowAsync(scope, cancellationToken) is not { } leaving)
        {
            return archive;
        }

        using var connection = leaving.Connection;
        return await new ArchiveErasure(engine, connection).WithoutAsync(scope.Project, archive, cancellationToken)
            ?? archive;
    }

    private async Task FindAsync(
        LakeLeaving leaving,
        IReadOnlyCollection<LakeManifest> ledger,
        CancellationToken cancellationToken
    )
    {
        foreach (var manifest in ledger.Where(manifest => LeavingUsers.Covered.Contains(manifest.Scope.Table)))
        {
            await FindAsync(manifest, LeavingUsers.ById);
        }

        await leaving.NameAsync(cancellationToken);
        foreach (var manifest in ledger.Where(manifest => manifest.Scope.Table == Profiles))
        {
            await FindAsync(manifest, LeavingUsers.ByName);
        }

        Task FindAsync(LakeManifest manifest, string join) =>
            WithFilesAsync(async taken =>
            {
                var view = new LakeView(objects, engine, cache, taken);
                var (table, relation) = await view.EveryLineAsync(manifest, cancellationToken);
                await leaving.FindAsync(table, relation, join, cancellationToken);
            });
    }

    /// <param name="work">Adds the files that it takes out of the cache to what it is given; they are released after it.</param>
    private async Task WithFilesAsync(Func<List<LakeFile>, Task> work)
    {
        var taken = new List<LakeFile>();
        try
        {
            await work(taken);
        }
        finally
        {
            taken.ForEach(cache.Release);
        }
    }

    private async Task EraseAsync(
        LakeLeaving leaving,
        IReadOnlyCollection<LakeManifest> ledger,
        CancellationToken cancellationToken
    )
    {
        var rewriting = new LakeRewriting(objects.Store, engine, cache, leaving);
        foreach (var manifest in leaving.Touched(ledger))
        {
            await _sweep.MarkAsync(manifest.Scope, cancellationToken);
            var after = await rewriting.WriteAsync(manifest, cancellationToken);
            await objects.CommitAsync(after, cancellationToken);
            await _sweep.FinishAsync(after, cancellationToken);
        }
    }

    private Task NoteAsync(LakeErased erased, IEnumerable<ErasedUser> leaving, CancellationToken cancellationToken)
    {
        var known = erased.Users.Select(user => (user.Project, user.AmplitudeId)).ToHashSet();
        ErasedUser[] added = [.. leaving.Where(user => !known.Contains((user.Project, user.AmplitudeId)))];
        return added.Length == 0
            ? Task.CompletedTask
            : objects.PutAsync(LakeErased.Key, new LakeErased([.. erased.Users, .. added]), cancellationToken);
    }

    /// <returns>How many kept archives hold lines of theirs.</returns>
    private async Task<int> ArchivesAsync(LakeLeaving leaving, bool erases, CancellationToken cancellationToken)
    {
        var archives = new LakeArchive(objects.Store);
        var erasure = new ArchiveErasure(engine, leaving.Connection);
        var holding = 0;
        foreach (var project in leaving.Projects())
        {
            foreach (var key in await archives.KeysAsync(project, cancellationToken))
            {
                var path = engine.NewPath();
                if (
                    await archives.CopyAsync(key, path, cancellationToken)
                    && await erasure.WithoutAsync(project, path, cancellationToken) is { } other
                )
                {
                    holding++;
                    await (erases ? archives.PutAsync(key, other, cancellationToken) : Task.CompletedTask);
                    File.Delete(other);
                }

                File.Delete(path);
            }
        }

        return holding;
    }

    /// <summary>The scope's users who were erased earlier, on a connection of their own.</summary>
    /// <returns>Null if there are none, or its table names no users.</returns>
    private async Task<LakeLeaving?> FollowAsync(LakeScope scope, CancellationToken cancellationToken)
    {
        if (!LeavingUsers.Covered.Contains(scope.Table))
        {
            return null;
        }

        var erased = await LakeErased.ReadAsync(objects, cancellationToken);
        var ids = erased.Users.Where(user => user.Project == scope.Project).Select(user => user.AmplitudeId).ToList();
        if (ids.Count == 0)
        {
            return null;
        }

        var connection = engine.Connect();
        connection.Execute(
            $"""
            CREATE TEMP TABLE leaving_users AS
            SELECT {Layout.Text(scope.Project)} AS project, unnest([{string.Join(", ", ids)}])::BIGINT AS amplitude_id
            """,
            cancellationToken
        );
        return new LakeLeaving(connection);
    }
}
