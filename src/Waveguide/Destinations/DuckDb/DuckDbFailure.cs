using Waveguide.DuckDb;

namespace Waveguide.Destinations.DuckDb;

/// <summary>Turns what DuckDB or the disk says into a sentence with a next step.</summary>
internal static class DuckDbFailure
{
    /// <summary>Runs DuckDB's synchronous work off the caller's thread, with its failures in our words.</summary>
    public static async Task<T> GuardAsync<T>(string path, Func<T> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (DuckDbException reason)
        {
            throw Describe(path, reason);
        }
    }

    public static DestinationException Describe(string path, Exception reason)
    {
        var said = reason.Message;
        var file = Path.GetFileName(path);
        var firstLine = said.Split('\n')[0].TrimEnd('.', ' ');
        if (Says(said, "Could not set lock", "Conflicting lock", "being used by another process", "already open"))
        {
            return new DestinationException($"{file} is in use by {OwnerFile.Describe(path, said)}.", reason)
            {
                Hint = "Wait until it has ended, or stop it; a warehouse has one writer at a time.",
            };
        }

        if (Says(said, "No space left", "disk full", "failed to offload", "not enough space"))
        {
            return new DestinationException($"The disk of {path} is full ({firstLine}).", reason)
            {
                Hint = "Free some space and run again: everything committed so far is kept.",
            };
        }

        if (Says(said, "version number", "newer version", "storage version"))
        {
            return new DestinationException($"{path} was written by a newer DuckDB ({firstLine}).", reason)
            {
                Hint = "Update Waveguide, or name another warehouse with --destination.",
            };
        }

        if (Says(said, "not a valid DuckDB database"))
        {
            return new DestinationException($"{path} is not a DuckDB file.", reason)
            {
                Hint = "Name another warehouse with --destination; this file was not touched.",
            };
        }

        if (
            Says(
                said,
                "Permission denied",
                "Read-only file system",
                "Cannot open file",
                "Access to the path",
                "part of the path"
            )
        )
        {
            return new DestinationException($"{path} cannot be opened or written ({firstLine}).", reason)
            {
                Hint = "Check that the folder exists and that you may write there, or name another with --destination.",
            };
        }

        return new DestinationException($"{file}: {firstLine}.", reason);
    }

    private static bool Says(string said, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (said.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
