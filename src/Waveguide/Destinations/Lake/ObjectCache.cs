using System.Security.Cryptography;
using Waveguide.Storage;

namespace Waveguide.Destinations.Lake;

/// <summary>
/// Objects of a store as files of this machine. Those that nobody reads are deleted when there are more bytes than
/// allowed, the longest unread first. Safe for concurrent use.
/// </summary>
internal sealed class ObjectCache(IObjectStore store, LakeEngine engine, long most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>The path of the object's file, which stays until it is released as often as it was taken.</summary>
    /// <exception cref="DestinationException">It cannot be fetched, or is not what the ledger says.</exception>
    public string Take(LakeFile file)
    {
        if (store is ILocalObjects local)
        {
            var path = local.PathOf(file.Key);
            return File.Exists(path) ? path : throw Gone(file);
        }

        Entry entry;
        lock (_gate)
        {
            MakeRoom(file.Bytes);
            if (!_entries.TryGetValue(file.Key, out entry!))
            {
                entry = new Entry(new Lazy<string>(() => FetchAsync(file).GetAwaiter().GetResult()), file.Bytes);
                _entries.Add(file.Key, entry);
            }

            entry.Readers++;
        }

        try
        {
            return entry.Path.Value;
        }
        catch
        {
            lock (_gate)
            {
                _entries.Remove(file.Key);
            }

            throw;
        }
    }

    /// <summary>Takes several files, fetching some of them at once.</summary>
    /// <param name="taken">The files are added to it, to be released in the end.</param>
    public async Task<IReadOnlyList<string>> TakeAllAsync(
        IReadOnlyList<LakeFile> files,
        List<LakeFile> taken,
        CancellationToken cancellationToken
    )
    {
        const int atOnce = 8;
        var paths = new string[files.Count];
        await Parallel.ForAsync(
            0,
            files.Count,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            (index, _) =>
            {
                paths[index] = Take(files[index]);
                return ValueTask.CompletedTask;
            }
        );
        taken.AddRange(files);
        return paths;
    }

    public void Release(LakeFile file)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(file.Key, out var entry))
            {
                entry.Readers--;
                entry.LastRead = ++_clock;
            }
        }
    }

    private void MakeRoom(long bytes)
    {
        var total = bytes + _entries.Values.Sum(entry => entry.Bytes);
        foreach (
            var (key, entry) in _entries
                .Where(entry => entry.Value.Readers == 0)
                .OrderBy(entry => entry.Value.LastRead)
                .ToList()
        )
        {
            if (total <= most)
            {
                return;
            }

            File.Delete(entry.Path.Value);
            _entries.Remove(key);
            total -= entry.Bytes;
        }
    }

    private async Task<string> FetchAsync(LakeFile file)
    {
        engine.ThrowIfFull(file.Bytes);
        await using var source = await store.OpenAsync(file.Key, CancellationToken.None) ?? throw Gone(file);
        var path = engine.NewPath();
        await using (var target = File.Create(path))
        {
            await source.CopyToAsync(target);
        }

        await using var written = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(written)) == file.Sha256
            ? path
            : throw new DestinationException($"{store.Address}: {file.Key} is not what was written there.")
            {
                Hint =
                    $"To load its hour again: waveguide backfill --from {file.Hour} --until {file.Hour.Next} --again",
            };
    }

    private DestinationException Gone(LakeFile file) =>
        new($"{store.Address}: {file.Key} is not there, though the ledger names it.")
        {
            Hint =
                "If the hour was loaded again just now, run the query once more. If somebody deleted it: "
                + $"waveguide state forget --from {file.Hour} --until {file.Hour.Next}, then waveguide sync.",
        };

    private sealed class Entry(Lazy<string> path, long bytes)
    {
        public Lazy<string> Path { get; } = path;

        public long Bytes { get; } = bytes;

        public int Readers { get; set; }

        public long LastRead { get; set; }
    }
}
