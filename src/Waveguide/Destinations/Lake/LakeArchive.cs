using System.Globalization;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Archives as they were fetched, beside the rows: cold storage, which nothing here reads.</summary>
internal sealed class LakeArchive(IObjectStore store)
{
    private const string Folder = "archive/";

    /// <summary>How a name tells when the archive was fetched.</summary>
    private const string Moment = "yyyyMMdd'T'HHmmss";

    /// <summary>Keeps the slice's archive, if it came as one.</summary>
    public async Task KeepAsync(FetchedSlice fetched, CancellationToken cancellationToken)
    {
        if (fetched.Archive is not { } path)
        {
            return;
        }

        var (slice, day) = (fetched.Slice, LakeScope.Day(fetched.Slice.Hours.From));
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Folder}{slice.Table.Name}/date={day}/{LakeScope.Of(slice.Project, slice.Table, slice.Hours.From).FileStart}{slice.Hours.From}-{slice.Hours.Until}.{fetched.ReadAt.ToString(Moment, CultureInfo.InvariantCulture)}.zip"
        );
        var length = new FileInfo(path).Length;
        await store.PutAsync(key, ObjectContent.OfFile(path, 0, length), cancellationToken);
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
