namespace Waveguide.Storage;

/// <summary>Turns what a disk says into a sentence with a next step.</summary>
internal static class FolderFailure
{
    /// <summary>Whether this is how a disk fails, rather than the program.</summary>
    public static bool IsOfDisk(Exception reason) => reason is IOException or UnauthorizedAccessException;

    /// <param name="tried">Such as <c>writing events/x.parquet</c>.</param>
    public static DestinationException Describe(string address, string tried, Exception reason)
    {
        var said = reason.Message.TrimEnd('.');
        if (Says(said, "No space left", "not enough space", "quota exceeded"))
        {
            return new DestinationException($"The disk of {address} is full: {tried} failed.", reason)
            {
                Hint = "Free some space and run again: everything committed so far is kept.",
            };
        }

        if (reason is UnauthorizedAccessException || Says(said, "Permission denied", "Read-only file system"))
        {
            return new DestinationException($"{address}: {tried} is not allowed ({said}).", reason)
            {
                Hint = "Check that you may write there, or name another with --destination.",
            };
        }

        return new DestinationException($"{address}: {tried} failed ({said}).", reason)
        {
            Hint = "Check the folder, and run again: everything committed so far is kept.",
        };
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
