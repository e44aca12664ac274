using System.Globalization;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Archives as they were fetched, beside the rows: cold storage, which nothing here reads.</summary>
internal sealed class LakeArchive(IObjectStore store)
{
    private const string Folder = "archive/";

    /// <summary>How a name tells when the archive was fetched.</summary>
    private const string Moment = "yyyyMMdd'T'HHmmss";

    /// <summary>Keeps the slice's archive.</summary>
    /// <param name="path">Where it lies.</param>
    public async Task KeepAsync(FetchedSlice fetched, string path, CancellationToken cancellationToken)
    {
        var (slice, day) = (fetched.Slice, LakeScope.Day(fetched.Slice.Hours.From));
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Folder}{slice.Table.Name}/date={day}/{LakeScope.Of(slice.Project, slice.Table, slice.Hours.From).FileStart}{slice.Hours.From}-{slice.Hours.Until}.{fetched.ReadAt.ToString(Moment, CultureInfo.InvariantCulture)}.zip"
        );
        await PutAsync(key, path, cancellationToken);
    }

    /// <summary>Deletes what was fetched before this moment, and nothing that is no archive of a lake.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = await store
            .ListAsync(Folder, cancellationToken)
            .Where(entry => FetchedAt(entry.Key)?.AddSeconds(1) <= before)
            .ToListAsync(cancellationToken);
        foreach (var entry in old)
        {
            await store.DeleteAsync(entry.Key, cancellationToken);
        }
    }

    /// <summary>The archives of a project.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string project, CancellationToken cancellationToken) =>
        await store
            .ListAsync(Folder, cancellationToken)
            .Select(entry => entry.Key)
            .Where(key => FetchedAt(key) is not null && LakeScope.IsOf(project, key))
            .ToListAsync(cancellationToken);

    /// <summary>Puts an archive in place of the one under the key.</summary>
    public Task PutAsync(string key, string path, CancellationToken cancellationToken) =>
        store.PutAsync(key, ObjectContent.OfFile(path, 0, new FileInfo(path).Length), cancellationToken);

    /// <summary>Copies the archive to a new file.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> CopyAsync(string key, string path, CancellationToken cancellationToken)
    {
        await using var from = await store.OpenAsync(key, cancellationToken);
        if (from is null)
        {
            return false;
        }

        await using var to = File.Create(path);
        await from.CopyToAsync(to, cancellationToken);
        return true;
    }

    /// <returns>To the second; null if the key is not one that <see cref="KeepAsync"/> gives.</returns>
    private static DateTimeOffset? FetchedAt(string key) =>
        key.Split('.') is [.., var moment, "zip"]
        && DateTimeOffset.TryParseExact(
            moment,
            Moment,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var fetchedAt
        )
            ? fetchedAt
            : null;
}
