using System.Collections;
using Spectre.Console;
using Waveguide.Cli.Output;

namespace Waveguide.Cli;

/// <summary>The world around a command, so that a test can hand it another.</summary>
internal sealed record CliHost
{
    private readonly Lock _gate = new();

    /// <summary>Takes results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes everything else.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Draws on <see cref="Error"/>; null if that is no terminal.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>Whether a person can answer a question.</summary>
    public bool CanAsk { get; init; }

    /// <summary>The line that teaches the user's shell the word <c>waveguide</c>; null if it knows it.</summary>
    public string? Alias { get; init; }

    /// <summary><see cref="Alias"/> as a line of a list of commands; empty if there is none.</summary>
    public string AliasLine => Alias is null ? string.Empty : $"  {Alias}{System.Environment.NewLine}";

    public static CliHost OfProcess() =>
        new()
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Environment = System
                .Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal),
            Clock = TimeProvider.System,
            Terminal =
                Console.IsErrorRedirected || System.Environment.GetEnvironmentVariable("TERM") == "dumb"
                    ? null
                    : TerminalOn(Console.Error),
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Alias = ProgramAlias.Find(
                System.Environment.ProcessPath,
                Path.Combine(AppContext.BaseDirectory, "Waveguide.Cli.dll"),
                System.Environment.GetEnvironmentVariable("PATH")
            ),
        };

    public static IAnsiConsole TerminalOn(TextWriter writer) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.Yes }
        );

    /// <summary>The present moment as it begins a line of a log.</summary>
    public string Stamp() => $"{Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";

    /// <summary>Blanks at the end of each line: it is written over a bar, of which the terminal leaves the rest.</summary>
    private static string Filled(string lines, int width) =>
        string.Join(
            System.Environment.NewLine,
            lines.ReplaceLineEndings("\n").Split('\n').Select(line => line.PadRight(width))
        );

    /// <summary>Says something beside the results; on a terminal it stands above a bar that is being drawn.</summary>
    public void Note(string text)
    {
        var lines = Prose.Wrap(text);
        if (Terminal is { } terminal)
        {
            terminal.WriteLine(Filled(lines, terminal.Profile.Width - 1));
            return;
        }

        lock (_gate)
        {
            Error.WriteLine(lines);
        }
    }
}
