using System.Globalization;

namespace Waveguide.Http;

/// <summary>
/// A folder in the spool, closed to other users, and beside it a lock file which its process holds. Folders whose lock
/// nobody holds were left behind.
/// </summary>
internal sealed class HeldFolder
{
    private const string LockEnding = ".lock";

    private readonly FileStream _held;

    private HeldFolder(string path, FileStream held)
    {
        Path = path;
        Archive = System.IO.Path.Combine(path, "export.zip");
        _held = held;
    }

    public string Path { get; }

    /// <summary>The file that stays when the folder is cleared, with nothing in it.</summary>
    public string Archive { get; }

    public static HeldFolder Make(string root)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"waveguide-{Environment.ProcessId}-{Guid.NewGuid():n}");
        var path = System.IO.Path.Combine(root, name);
        var held = Hold(path + LockEnding, FileMode.CreateNew);
        try
        {
            MakePrivate(path);
            return new HeldFolder(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Removes those that were left behind in the root, which has to be there.</summary>
    public static void RemoveLeft(string root)
    {
        foreach (var held in Directory.EnumerateFiles(root, "waveguide-*" + LockEnding))
        {
            RemoveUnlessHeld(held);
        }
    }

    /// <summary>Deletes every file but that of the archive, which is emptied.</summary>
    /// <returns>Whether it could; if not, some may be there still.</returns>
    public bool TryClear()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path))
            {
                if (file == Archive)
                {
                    using var archive = new FileStream(file, FileMode.Truncate);
                }
                else
                {
                    File.Delete(file);
                }
            }

            return true;
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            return false;
        }
    }

    public void Remove()
    {
        _held.Dispose();
        RemoveUnlessHeld(Path + LockEnding);
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
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
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

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
