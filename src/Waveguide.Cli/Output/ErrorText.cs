namespace Waveguide.Cli.Output;

/// <summary>A failure as a person reads it: what happened, and below it what to do.</summary>
internal static class ErrorText
{
    /// <param name="details">Whether the stack trace is of use to the reader.</param>
    public static async Task WriteAsync(TextWriter writer, Exception failure, bool details)
    {
        switch (failure)
        {
            case OperationCanceledException:
                await writer.WriteLineAsync("interrupted; what was committed stays.");
                break;
            case WaveguideException known:
                await WriteAsync(writer, known.Message, known.Hint);
                break;
            case IOException or UnauthorizedAccessException:
                await WriteAsync(
                    writer,
                    $"a file or the output could not be used ({failure.Message.TrimEnd('.')}).",
                    "Free some space, or check that you may write there; what was committed stays."
                );
                break;
            default:
                await WriteAsync(
                    writer,
                    $"unexpected {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}",
                    "This is a fault in Waveguide. Nothing half done was kept; --verbose shows where it happened."
                );
                break;
        }

        if (details)
        {
            await writer.WriteLineAsync(failure.ToString());
        }
    }

    public static async Task WriteAsync(TextWriter writer, string message, string? hint)
    {
        await writer.WriteLineAsync(Prose.Wrap($"error: {message}"));
        if (hint is not null)
        {
            await writer.WriteLineAsync(Prose.Wrap($"  {hint}"));
        }
    }
}
