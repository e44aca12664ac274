using Waveguide.Cli.Configuration.Reading;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Destinations;

/// <summary>Where data lands, as it is written: a scheme, what follows it, and options after a question mark.</summary>
/// <param name="Text">As written.</param>
/// <param name="Query">Options and their values, decoded.</param>
internal sealed record DestinationAddress(
    string Text,
    DestinationScheme Scheme,
    string Path,
    IReadOnlyDictionary<string, string> Query
)
{
    private static readonly string[] Planned = ["postgres", "clickhouse", "snowflake", "databricks"];

    /// <exception cref="ConfigurationException">It is no address of a destination that this version has.</exception>
    public static DestinationAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? string.Empty : text[..colon];
        var scheme = DestinationScheme.All.FirstOrDefault(scheme => scheme.Name == name) ?? throw Unknown(text, name);
        var rest = text[(colon + 1)..].Split('?', 2);
        return new DestinationAddress(
            text,
            scheme,
            rest[0],
            rest.Length == 1 ? new Dictionary<string, string>(StringComparer.Ordinal) : Options(rest[1])
        );
    }

    private static Dictionary<string, string> Options(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            var key = Uri.UnescapeDataString(parts[0]);
            if (!options.TryAdd(key, parts.Length == 1 ? string.Empty : Uri.UnescapeDataString(parts[1])))
            {
                throw new ConfigurationException(
                    $"the option {Refusal.Quote(key)} stands twice in the destination's address."
                );
            }
        }

        return options;
    }

    private static ConfigurationException Unknown(string text, string name)
    {
        if (Planned.Contains(name, StringComparer.Ordinal))
        {
            return new ConfigurationException($"destination {name}: is not in this version of Waveguide yet.")
            {
                Hint = $"{DestinationScheme.All[0].Example} works today.",
            };
        }

        var near = Suggestion.Nearest(name, DestinationScheme.All.Select(scheme => scheme.Name));
        return name.Length > 0 && near is not null
            ? new ConfigurationException($"there is no destination \"{name}:\". Did you mean \"{near}:\"?")
            : new ConfigurationException($"{Refusal.Quote(text)} is not the address of a destination.")
            {
                Hint =
                    $"Write one such as {string.Join(", ", DestinationScheme.All.Select(scheme => scheme.Example))}.",
            };
    }
}
