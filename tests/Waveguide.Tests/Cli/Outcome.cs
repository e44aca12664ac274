using System.Text.Json;

namespace Waveguide.Tests.Cli;

/// <summary>What one call of the program left behind.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    public IReadOnlyList<string> OutLines => Lines(Out);

    public IReadOnlyList<string> ErrorLines => Lines(Error);

    /// <summary>All that was said, with every break and indent as one blank.</summary>
    public string Flat =>
        string.Join(' ', (Out + " " + Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<JsonElement> Json => [.. OutLines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Fails unless the call ended so.</summary>
    public Outcome Ended(int code)
    {
        Assert.True(Code == code, $"ended with {Code} in place of {code}:\n{Out}\n{Error}");
        return this;
    }

    /// <summary>A line with every run of blanks as one.</summary>
    public static string Squeezed(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The names of an object's keys, as they stand.</summary>
    public static string Keys(JsonElement element) =>
        string.Join(' ', element.EnumerateObject().Select(property => property.Name));

    private static string[] Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
