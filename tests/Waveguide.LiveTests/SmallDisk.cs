using System.Diagnostics;

namespace Waveguide.LiveTests;

/// <summary>A file system in memory with room for a few megabytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    /// <returns>Null where this user or system cannot mount one.</returns>
    public static SmallDisk? Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    /// <summary>Gives it this much room, and lets everybody write.</summary>
    public void Grow(int megabytes) => Resize(megabytes << 10);

    /// <inheritdoc cref="Grow"/>
    public void Resize(int kilobytes) => Run("mount", "-o", $"remount,rw,size={kilobytes}k", _path);

    /// <summary>Kilobytes that are taken.</summary>
    public int Used()
    {
        var drive = new DriveInfo(_path);
        return (int)((drive.TotalSize - drive.AvailableFreeSpace) >> 10);
    }

    /// <summary>Lets nobody write, not even root.</summary>
    public void Protect() => Run("mount", "-o", "remount,ro", _path);

    public void Dispose() => Run("umount", _path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
