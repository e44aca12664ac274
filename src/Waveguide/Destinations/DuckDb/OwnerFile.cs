using System.Text.RegularExpressions;
using Waveguide.Storage;

namespace Waveguide.Destinations.DuckDb;

/// <summary>
/// A note beside the warehouse that says who is writing to it. DuckDB's own lock on the file decides; this only lets a
/// process that is turned away say by whom.
/// </summary>
internal sealed partial class OwnerFile : IDisposable
{
    private readonly string _path;

    private OwnerFile(string path) => _path = path;

    public static OwnerFile Write(string warehouse, string owner, DateTimeOffset since)
    {
        var file = new OwnerFile(PathOf(warehouse));
        File.WriteAllBytes(file._path, OwnerNote.OfThisProcess(owner, since).ToBytes());
        return file;
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

    public void Dispose() => File.Delete(_path);

    private static string PathOf(string warehouse) => warehouse + ".owner";

    [GeneratedRegex(
        @"lock is held in (?<program>.+?) \(PID (?<process>\d+)\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Holder();
}
