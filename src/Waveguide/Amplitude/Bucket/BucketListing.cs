using Waveguide.Storage;

namespace Waveguide.Amplitude.Bucket;

/// <summary>What a bucket holds of some days of a table.</summary>
internal sealed class BucketListing
{
    private readonly Dictionary<UploadHour, List<(string Name, ObjectEntry Entry)>> _parts = [];
    private readonly HashSet<UploadHour> _complete = [];

    private BucketListing() { }

    public bool IsEmpty => _parts.Count == 0 && _complete.Count == 0;

    /// <summary>The parts of the hour, in the order of their names.</summary>
    public IEnumerable<(string Name, ObjectEntry Entry)> Parts(UploadHour hour) =>
        _parts.GetValueOrDefault(hour, []).OrderBy(part => part.Name, StringComparer.Ordinal);

    /// <summary>
    /// Whether the hour can be read: where there are markers, by its own; elsewhere if it has files, or has had none for
    /// so long that none will come.
    /// </summary>
    public bool IsDelivered(UploadHour hour, TimeSpan emptyAfter, DateTimeOffset now) =>
        _complete.Count > 0 ? _complete.Contains(hour) : _parts.ContainsKey(hour) || hour.Start + emptyAfter <= now;

    /// <param name="hours">Whose days are listed.</param>
    /// <exception cref="SourceException">The bucket cannot be listed.</exception>
    public static async Task<BucketListing> ReadAsync(
        IObjectStore store,
        BucketOptions options,
        Table table,
        HourRange hours,
        CancellationToken cancellationToken
    )
    {
        var listing = new BucketListing();
        for (var day = hours.From.Midnight; day < hours.Until; day = day.AddHours(24))
        {
            foreach (var prefix in BucketKey.Prefixes(options, table, day))
            {
                await foreach (var entry in store.ListAsync(prefix, cancellationToken))
                {
                    listing.Add(entry);
                }
            }
        }

        return listing;
    }

    private void Add(ObjectEntry entry)
    {
        if (BucketKey.Read(entry.Key) is not { } key)
        {
            return;
        }

        if (key.IsMarker)
        {
            _complete.Add(key.Hour);
        }
        else if (_parts.TryGetValue(key.Hour, out var parts))
        {
            parts.Add((key.Name, entry));
        }
        else
        {
            _parts[key.Hour] = [(key.Name, entry)];
        }
    }
}
