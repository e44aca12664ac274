using Waveguide.Amplitude;
using Waveguide.Diagnostics;

namespace Waveguide.Cli;

/// <summary>The tables of an Amplitude project, by name.</summary>
internal static class TableNames
{
    /// <exception cref="ConfigurationException">There is no such table.</exception>
    public static Table Find(string name) =>
        AmplitudeTables.All.FirstOrDefault(table => table.Name == name)
        ?? throw new ConfigurationException($"there is no table \"{name}\".{DidYouMean(name)}")
        {
            Hint = "waveguide tables lists what there is.",
        };

    private static string DidYouMean(string name) =>
        Suggestion.Nearest(name, AmplitudeTables.All.Select(table => table.Name)) is { } near
            ? $" Did you mean \"{near}\"?"
            : string.Empty;
}
