using System.Globalization;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>Archives as they were fetched, beside the rows: cold storage, which nothing here reads.</summary>
internal sealed class LakeArchive(IObjectStore store)
{
    private const string Folder = "archive/";

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
            $"{Folder}{slice.Table.Name}/date={day}/{LakeScope.Of(slice.Project, slice.Table, slice.Hours.From).FileStart}{slice.Hours.From}-{slice.Hours.Until}.{fetched.ReadAt:yyyyMMdd'T'HHmmss}.zip"
        );
        var length = new FileInfo(path).Length;
        await store.PutAsync(key, ObjectContent.OfFile(path, 0, length), cancellationToken);
    }

    /// <summary>Deletes what was kept before this moment.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = await store
            .ListAsync(Folder, cancellationToken)
            .Where(entry => entry.ModifiedAt < before)
            .ToListAsync(cancellationToken);
        foreach (var entry in old)
        {
            await store.DeleteAsync(entry.Key, cancellationToken);
        }
    }
}
