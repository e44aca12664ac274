using System.Collections.Concurrent;

namespace Waveguide.Http;

/// <summary>
/// The folder through which archives pass. Each slice has a place in it, which the next takes when it is given back: file
/// systems search long for what to make of a file where many were just deleted. Disposing removes those that are given
/// back; one in use is removed when its user is done. Safe for concurrent use.
/// </summary>
internal sealed class SpoolFolder(string root) : IDisposable
{
    /// <summary>Room that is left alone on the disk, in bytes.</summary>
    private const long Reserve = 64 << 20;

    private readonly ConcurrentStack<HeldFolder> _free = new();
    private volatile bool _isClosed;

    /// <summary>Removes what killed processes left in the folder, which has to be there.</summary>
    public static void RemoveLeft(string root) => HeldFolder.RemoveLeft(root);

    /// <summary>Takes a place. Before a new one is made, what killed processes left is removed.</summary>
    /// <exception cref="SourceException">The folder cannot be made or written to.</exception>
    public Place Take() => new(this, _free.TryPop(out var free) ? free : New());

    /// <exception cref="SourceException">Fewer than these bytes can be written.</exception>
    public void ThrowIfFull(long bytes)
    {
        var free = FreeSpace();
        if (free - Reserve < bytes)
        {
            throw new SourceException(
                SourceFailure.NoSpool,
                $"The disk of the spool folder {root} is full: {free >> 20:N0} MB are free, "
                    + $"{(bytes >> 20) + (Reserve >> 20):N0} MB are needed."
            )
            {
                Hint = "Free some space, or set load.spool to a folder on a larger disk.",
            };
        }
    }

    /// <summary>Whether this is how a disk fails, rather than the program.</summary>
    public static bool IsOfDisk(Exception reason) => reason is IOException or UnauthorizedAccessException;

    /// <param name="folder">The spool folder, or one in it.</param>
    public static SourceException Unusable(string folder, Exception reason) =>
        new(SourceFailure.NoSpool, $"The spool folder {folder} cannot be used ({reason.Message.TrimEnd('.')}).", reason)
        {
            Hint = "Make it writable, or set load.spool to another folder.",
        };

    public void Dispose()
    {
        _isClosed = true;
        RemoveFree();
    }

    private HeldFolder New()
    {
        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(root);
                RemoveLeft(root);
                return HeldFolder.Make(root);
            }
            catch (Exception reason) when (IsOfDisk(reason))
            {
                // Whoever opens the spool just then may take a new lock before its owner holds it.
                if (attempt == attempts)
                {
                    throw Unusable(root, reason);
                }
            }
        }
    }

    private void GiveBack(HeldFolder folder)
    {
        if (!folder.TryClear())
        {
            folder.Remove();
            return;
        }

        _free.Push(folder);
        if (_isClosed)
        {
            RemoveFree();
        }
    }

    private void RemoveFree()
    {
        while (_free.TryPop(out var folder))
        {
            folder.Remove();
        }
    }

    private long FreeSpace()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace;
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            throw Unusable(root, reason);
        }
    }

    /// <summary>A folder for the files of one slice, closed to other users; disposing gives it back without them.</summary>
    internal sealed class Place(SpoolFolder spool, HeldFolder folder) : IDisposable
    {
        private HeldFolder? _folder = folder;

        public SpoolFolder Spool { get; } = spool;

        public string Path { get; } = folder.Path;

        /// <summary>Where an archive goes, which may be there already and be empty.</summary>
        public string Archive { get; } = folder.Archive;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _folder, null) is { } folder)
            {
                Spool.GiveBack(folder);
            }
        }
    }
}
