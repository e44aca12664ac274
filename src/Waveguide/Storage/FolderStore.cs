namespace Waveguide.Storage;

/// <summary>
/// Objects as files of a folder on this machine's disk. A file is written under a name of its own, flushed to the disk
/// and then renamed, so that no reader ever meets half of it.
/// </summary>
public sealed class FolderStore(string folder, TimeProvider clock) : IObjectStore, ILocalObjects
{
    /// <summary>A folder of the store that holds no objects: the lock, and files on their way.</summary>
    private const string Aside = ".waveguide";

    private const int BufferSize = 1 << 20;

    private readonly string _aside = Path.Combine(folder, Aside);

    public string Address => $"file:{folder}";

    public async Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var temporary = Path.Combine(_aside, $"{Guid.NewGuid():n}{FolderLock.Temporary}");
        try
        {
            Directory.CreateDirectory(_aside);
            try
            {
                await CopyAsync(content, temporary, cancellationToken);
                Publish(temporary, path);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception reason) when (FolderFailure.IsOfDisk(reason))
        {
            throw FolderFailure.Describe(Address, $"writing {key}", reason);
        }
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(
                File.Exists(path)
                    ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1)
                    : null
            );
        }
        catch (Exception reason) when (reason is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception reason) when (FolderFailure.IsOfDisk(reason))
        {
            throw FolderFailure.Describe(Address, $"reading {key}", reason);
        }
    }

    public IAsyncEnumerable<ObjectEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Walk(prefix[..(prefix.LastIndexOf('/') + 1)], prefix, cancellationToken).ToAsyncEnumerable();

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            File.Delete(path);
            RemoveEmptyFolders(path);
        }
        catch (DirectoryNotFoundException)
        {
            // It is not there.
        }
        catch (Exception reason) when (FolderFailure.IsOfDisk(reason))
        {
            throw FolderFailure.Describe(Address, $"deleting {key}", reason);
        }

        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable> LockAsync(string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Directory.CreateDirectory(_aside);
            return Task.FromResult<IAsyncDisposable>(FolderLock.Take(_aside, Address, owner, clock));
        }
        catch (Exception reason) when (FolderFailure.IsOfDisk(reason))
        {
            throw FolderFailure.Describe(Address, "taking its lock", reason);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task CopyAsync(ObjectContent content, string path, CancellationToken cancellationToken)
    {
        await using var source = content.Open();
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        await source.CopyToAsync(file, BufferSize, cancellationToken);
        if (file.Length != content.Length)
        {
            throw new IOException($"its content ended after {file.Length:N0} of {content.Length:N0} bytes");
        }

        file.Flush(flushToDisk: true);
    }

    private static void Publish(string temporary, string path)
    {
        const int attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (IOException) when (attempt < attempts)
            {
                // A deletion may have found the folder empty and removed it just then.
            }
        }
    }

    private IEnumerable<ObjectEntry> Walk(string parent, string prefix, CancellationToken cancellationToken)
    {
        foreach (var (key, file) in Entries(parent).OrderBy(entry => entry.Key, Utf8Order.Instance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file is not null)
            {
                if (key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield return new ObjectEntry(key, file.Length, file.LastWriteTimeUtc);
                }
            }
            else if (
                key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal)
            )
            {
                foreach (var entry in Walk(key, prefix, cancellationToken))
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Files, and folders with a null, of one folder. Whatever vanishes meanwhile was never there.</summary>
    private List<(string Key, FileInfo? File)> Entries(string parent)
    {
        var entries = new List<(string, FileInfo?)>();
        try
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(folder, parent)).EnumerateFileSystemInfos())
            {
                if (entry is FileInfo file && file.Exists)
                {
                    entries.Add((parent + entry.Name, file));
                }
                else if (entry is DirectoryInfo && (parent.Length > 0 || entry.Name != Aside))
                {
                    entries.Add(($"{parent}{entry.Name}/", null));
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing is there.
        }
        catch (Exception reason) when (FolderFailure.IsOfDisk(reason))
        {
            throw FolderFailure.Describe(Address, $"listing {parent}", reason);
        }

        return entries;
    }

    private void RemoveEmptyFolders(string path)
    {
        for (var parent = Path.GetDirectoryName(path)!; parent.Length > folder.Length; )
        {
            try
            {
                Directory.Delete(parent);
            }
            catch (IOException)
            {
                return;
            }

            parent = Path.GetDirectoryName(parent)!;
        }
    }

    /// <inheritdoc/>
    public string PathOf(string key) =>
        key.Split('/').Any(name => name is "" or "." or "..")
        || key.Contains('\\')
        || key.StartsWith($"{Aside}/", StringComparison.Ordinal)
            ? throw new ArgumentException($"\"{key}\" is no key of a folder.", nameof(key))
            : Path.Combine(folder, key);
}
