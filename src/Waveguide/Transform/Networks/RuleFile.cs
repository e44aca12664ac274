namespace Waveguide.Transform.Networks;

/// <summary>
/// The user's own rules, a CSV file of three columns: a network, an address or a pattern of the owner's name; the
/// company; the class. The first rule that fits a name counts; of networks, the smallest.
/// </summary>
internal sealed class RuleFile
{
    private static readonly string[] Classes =
    [
        "isp",
        "hosting",
        "proxy",
        "education",
        "government",
        "business",
        "unknown",
    ];

    public List<NetworkRange<NetworkRule>> Networks { get; } = [];

    /// <summary>LIKE patterns of names in lower case.</summary>
    public List<(string Pattern, NetworkRule Rule)> Names { get; } = [];

    /// <exception cref="ConfigurationException">The file cannot be read, or a line is no rule.</exception>
    public static RuleFile Read(string path)
    {
        var file = new RuleFile();
        foreach (var (place, cells) in DelimitedFile.Read(path))
        {
            if (place.Line == 1 && cells[0] is "match" or "network" or "pattern")
            {
                continue;
            }

            var company = cells.ElementAtOrDefault(1) is { Length: > 0 } name ? name : null;
            var kind = cells.ElementAtOrDefault(2) is { Length: > 0 } word ? word.ToLowerInvariant() : null;
            if (kind is not null && !Classes.Contains(kind))
            {
                throw place.Fault($"\"{kind}\" is no class; there are {string.Join(", ", Classes)}");
            }

            if (cells.Count > 3 || cells[0].Length == 0 || (company is null && kind is null))
            {
                throw place.Fault("a rule is a network or a name, then a company, then a class, with commas between");
            }

            file.Add(cells[0], new NetworkRule(company, kind));
        }

        return file;
    }

    private void Add(string match, NetworkRule rule)
    {
        if (AddressKey.TryParseNetwork(match, out var first, out var last))
        {
            Networks.Add(new NetworkRange<NetworkRule>(first, last, rule));
            return;
        }

        var pattern = match.ToLowerInvariant();
        Names.Add((pattern.Contains('%', StringComparison.Ordinal) ? pattern : $"%{pattern}%", rule));
    }
}
