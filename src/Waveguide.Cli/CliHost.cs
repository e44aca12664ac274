using System.Collections;

namespace Waveguide.Cli;

/// <summary>The world around a command, so that a test can hand it another.</summary>
internal sealed record CliHost
{
    /// <summary>Takes results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes everything else.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can draw.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a person can answer a question.</summary>
    public bool CanAsk { get; init; }

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
            ErrorIsTerminal = !Console.IsErrorRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb",
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        };
}
