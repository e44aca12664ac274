namespace Waveguide.Cli.Output;

/// <summary>A failure as a person reads it: what happened, and below it what to do.</summary>
internal static class ErrorText
{
    private const int Width = 80;

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
            default:
                var place = failure.GetType().Name;
                await WriteAsync(
                    writer,
                    $"unexpected {place}: {failure.Message.ReplaceLineEndings(" ")}",
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
        await writer.WriteLineAsync(Wrap($"error: {message}"));
        if (hint is not null)
        {
            await writer.WriteLineAsync(Wrap($"  {hint}"));
        }
    }

    /// <summary>Breaks at blanks so that lines keep to the width; further lines are indented by two.</summary>
    public static string Wrap(string text)
    {
        var lines = new List<string>();
        var line = text[..(text.Length - text.TrimStart().Length)];
        var start = line.Length;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line);
                (line, start) = ("  ", 2);
            }

            line += line.Length > start ? $" {word}" : word;
        }

        lines.Add(line);
        return string.Join(Environment.NewLine, lines);
    }
}
