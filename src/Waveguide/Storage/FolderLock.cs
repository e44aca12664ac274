namespace Waveguide.Storage;

/// <summary>The writing place of a folder: a file that its process holds open for itself alone.</summary>
internal sealed class FolderLock : IAsyncDisposable
{
    /// <summary>How the names of files on their way end.</summary>
    public const string Temporary = ".tmp";

    private readonly FileStream _held;
    private readonly string _note;

    private FolderLock(FileStream held, string note)
    {
        _held = held;
        _note = note;
    }

    /// <param name="aside">Where the lock and files on their way are kept.</param>
    /// <exception cref="DestinationException">Somebody else holds it.</exception>
    public static FolderLock Take(string aside, string address, string owner, TimeProvider clock)
    {
        var note = Path.Combine(aside, "owner");
        var held = Hold(Path.Combine(aside, "lock"), note, address);
        try
        {
            File.WriteAllBytes(note, OwnerNote.OfThisProcess(owner, clock.GetUtcNow()).ToBytes());
            foreach (var left in Directory.EnumerateFiles(aside, $"*{Temporary}"))
            {
                File.Delete(left);
            }

            return new FolderLock(held, note);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_note);
        return _held.DisposeAsync();
    }

    private static FileStream Hold(string path, string note, string address)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException reason)
            when (reason.Message.Contains("used by another process", StringComparison.OrdinalIgnoreCase))
        {
            throw new DestinationException(
                $"{address} is in use by {OwnerNote.ReadFile(note)?.ToString() ?? "another process"}.",
                reason
            )
            {
                Hint = "Wait until it has ended, or stop it; a destination has one writer at a time.",
            };
        }
    }
}
