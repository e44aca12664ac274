using System.Diagnostics;
using System.Globalization;

namespace Waveguide.Http;

/// <summary>
/// The folder through which archives pass. Each archive has a folder of its own below it, named after this process;
/// what processes that are gone left behind is removed when the spool is opened.
/// </summary>
internal sealed class SpoolFolder
{
    /// <summary>Room that is left alone on the disk, in bytes.</summary>
    private const long Reserve = 64 << 20;

    private readonly string _root;
    private int _count;

    private SpoolFolder(string root) => _root = root;

    /// <exception cref="SourceException">The folder cannot be made or written to.</exception>
    public static SpoolFolder Open(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            foreach (var left in Directory.EnumerateDirectories(root, "waveguide-*").Where(IsLeftBehind))
            {
                Directory.Delete(left, recursive: true);
            }
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw Unusable(root, reason);
        }

        return new SpoolFolder(root);
    }

    public Place NewPlace()
    {
        var number = Interlocked.Increment(ref _count);
        var path = Path.Combine(
            _root,
            string.Create(
                CultureInfo.InvariantCulture,
                $"waveguide-{Environment.ProcessId}-{Guid.NewGuid():n}-{number}"
            )
        );
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw Unusable(_root, reason);
        }

        return new Place(path);
    }

    /// <exception cref="SourceException">Fewer than these bytes can be written.</exception>
    public void ThrowIfFull(long bytes)
    {
        var free = new DriveInfo(Path.GetFullPath(_root)).AvailableFreeSpace;
        if (free - Reserve < bytes)
        {
            throw new SourceException(
                SourceFailure.NoSpool,
                $"The disk of the spool folder {_root} is full: {free >> 20:N0} MB are free, {(bytes + Reserve) >> 20:N0} MB are needed."
            )
            {
                Hint = "Free some space, or set load.spool to a folder on a larger disk.",
            };
        }
    }

    public static SourceException Unusable(string root, Exception reason) =>
        new(SourceFailure.NoSpool, $"The spool folder {root} cannot be used ({reason.Message.TrimEnd('.')}).", reason)
        {
            Hint = "Make it writable, or set load.spool to another folder.",
        };

    private static bool IsLeftBehind(string path)
    {
        var parts = Path.GetFileName(path).Split('-');
        if (parts.Length < 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var owner))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(owner);
            return process.StartTime.ToUniversalTime() > Directory.GetCreationTimeUtc(path).AddSeconds(2);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>A folder for the files of one slice; disposing deletes it.</summary>
    internal sealed class Place(string path) : IDisposable
    {
        public string Path { get; } = path;

        public void Dispose()
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
    }
}
