using Waveguide.Amplitude;
using Waveguide.Diagnostics;

namespace Waveguide.Cli;

/// <summary>The tables of an Amplitude project, by name.</summary>
internal static class TableNames
{
    /// <param name="inBucket">Whether the source is a bucket.</param>
    /// <exception cref="ConfigurationException">There is no such table, or this source does not have it.</exception>
    public static Table Find(string name, bool inBucket)
    {
        var table = Find(name);
        var source = inBucket ? AmplitudeTables.OfBuckets : AmplitudeTables.OfApis;
        return source.Contains(table)
            ? table
            : throw new ConfigurationException(
                inBucket
                    ? $"a bucket has no {name}: Amplitude exports only {string.Join(" and ", source.Select(one => one.Name))} to one."
                    : $"{name} comes only with Amplitude's export to a bucket."
            )
            {
                Hint = inBucket ? "Leave the table out, or set source.type to api." : "See docs/sources/bucket.md.",
            };
    }

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
