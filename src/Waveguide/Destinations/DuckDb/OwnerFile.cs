using System.Text.RegularExpressions;
using Waveguide.Storage;

namespace Waveguide.Destinations.DuckDb;

/// <summary>
/// A note beside the warehouse that says who is writing to it, and a lock that is held meanwhile: DuckDB's own on the file
/// keeps other processes away, and not a second writer of the same process.
/// </summary>
internal sealed partial class OwnerFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private OwnerFile(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <exception cref="IOException">Somebody else writes, or the disk does not let us.</exception>
    public static OwnerFile Take(string warehouse, string owner, DateTimeOffset since)
    {
        var held = new FileStream(
            LockOf(warehouse),
            FileMode.OpenOrCreate,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0,
            FileOptions.DeleteOnClose
        );
        try
        {
            File.WriteAllBytes(PathOf(warehouse), OwnerNote.OfThisProcess(owner, since).ToBytes());
            return new OwnerFile(PathOf(warehouse), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// For who only reads: DuckDB would let a reader in beside a writer of the same process, and when the reader closes the
    /// file, the system frees the writer's lock on it.
    /// </summary>
    /// <exception cref="IOException">Somebody writes.</exception>
    public static void ThrowIfTaken(string warehouse)
    {
        if (File.Exists(LockOf(warehouse)))
        {
            using var seen = new FileStream(
                LockOf(warehouse),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
        }
    }

    /// <summary>Says who holds the lock that DuckDB complains about.</summary>
    public static string Describe(string warehouse, string complaint)
    {
        var holder = Holder().Match(complaint);
        var process = holder.Success ? holder.Groups["process"].Value : null;
        if (OwnerNote.ReadFile(PathOf(warehouse)) is { } note && (process is null || process == $"{note.Process}"))
        {
            return $"{note}";
        }

        return process is null
            ? "another process"
            : $"{Path.GetFileName(holder.Groups["program"].Value)} (process {process})";
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
    }

    private static string LockOf(string warehouse) => warehouse + ".lock";

    private static string PathOf(string warehouse) => warehouse + ".owner";

    [GeneratedRegex(
        @"lock is held in (?<program>.+?) \(PID (?<process>\d+)\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Holder();
}
