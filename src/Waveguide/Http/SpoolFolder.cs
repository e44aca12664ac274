using System.Globalization;

namespace Waveguide.Http;

/// <summary>
/// The folder through which archives pass. Each slice has a folder of its own in it, and beside that a lock file which
/// its process holds; folders whose lock nobody holds were left behind and are removed when the spool is opened.
/// </summary>
internal sealed class SpoolFolder
{
    /// <summary>Room that is left alone on the disk, in bytes.</summary>
    private const long Reserve = 64 << 20;

    private const string LockEnding = ".lock";

    private readonly string _root;

    private SpoolFolder(string root) => _root = root;

    /// <exception cref="SourceException">The folder cannot be made or written to.</exception>
    public static SpoolFolder Open(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            RemoveLeft(root);
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            throw Unusable(root, reason);
        }

        return new SpoolFolder(root);
    }

    /// <summary>Removes what killed processes left in the folder, which has to be there.</summary>
    public static void RemoveLeft(string root)
    {
        foreach (var held in Directory.EnumerateFiles(root, "waveguide-*" + LockEnding))
        {
            RemoveUnlessHeld(held);
        }
    }

    public Place NewPlace()
    {
        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"waveguide-{Environment.ProcessId}-{Guid.NewGuid():n}"
            );
            try
            {
                return Place.Make(this, Path.Combine(_root, name));
            }
            catch (Exception reason) when (IsOfDisk(reason))
            {
                // Whoever opens the spool just then may take a new lock before its owner holds it.
                if (attempt == attempts)
                {
                    throw Unusable(_root, reason);
                }
            }
        }
    }

    /// <exception cref="SourceException">Fewer than these bytes can be written.</exception>
    public void ThrowIfFull(long bytes)
    {
        var free = FreeSpace();
        if (free - Reserve < bytes)
        {
            throw new SourceException(
                SourceFailure.NoSpool,
                $"The disk of the spool folder {_root} is full: {free >> 20:N0} MB are free, "
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

    private long FreeSpace()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(_root)).AvailableFreeSpace;
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            throw Unusable(_root, reason);
        }
    }

    private static void RemoveUnlessHeld(string lockFile)
    {
        try
        {
            using var held = Hold(lockFile, FileMode.Open);
            var folder = lockFile[..^LockEnding.Length];
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            File.Delete(lockFile);
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            // It is in use, or somebody else's, or just being removed: a later opening will see.
        }
    }

    /// <summary>Opens the file for nobody else; whoever holds it may delete it.</summary>
    private static FileStream Hold(string lockFile, FileMode mode)
    {
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        var held = new FileStream(lockFile, mode, FileAccess.ReadWrite, share, bufferSize: 1);
        if (File.Exists(lockFile))
        {
            return held;
        }

        held.Dispose();
        throw new IOException($"{lockFile} was deleted by another process before it could be held");
    }

    /// <summary>A folder for the files of one slice, closed to other users; disposing deletes it.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly FileStream _held;

        private Place(SpoolFolder spool, string path, FileStream held)
        {
            Spool = spool;
            Path = path;
            _held = held;
        }

        public SpoolFolder Spool { get; }

        public string Path { get; }

        public static Place Make(SpoolFolder spool, string path)
        {
            var held = Hold(path + LockEnding, FileMode.CreateNew);
            try
            {
                MakePrivate(path);
                return new Place(spool, path, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }

        /// <summary>Deletes the files, before another attempt at them.</summary>
        public void Clear()
        {
            try
            {
                foreach (var file in Directory.EnumerateFiles(Path))
                {
                    File.Delete(file);
                }
            }
            catch (Exception reason) when (IsOfDisk(reason))
            {
                throw Unusable(Path, reason);
            }
        }

        public void Dispose()
        {
            _held.Dispose();
            RemoveUnlessHeld(Path + LockEnding);
        }

        private static void MakePrivate(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(
                    path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }
        }
    }
}
