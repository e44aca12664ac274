using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Words for a key that does not exist, with the key that was probably meant.</summary>
internal static class UnknownSetting
{
    /// <param name="prefix">The section in which the key stands, with its dot; empty at the top level.</param>
    public static ConfigurationException At(ConfigEntry entry, string prefix, string file)
    {
        var message = $"unknown setting {Refusal.Quote(Shown(prefix) + entry.Key)} in {file}, line {entry.Line}";
        if (entry.Key.Split(':') is [var before, _, ..] && KeysUnder(prefix).Contains(before))
        {
            return new ConfigurationException(
                $"\"{before}\" in {file}, line {entry.Line}, needs a blank after its colon."
            );
        }

        var elsewhere = Elsewhere(entry.Key);
        var near = Suggestion.Nearest(entry.Key, KeysUnder(prefix));
        if (near is not null && (elsewhere is null || Suggestion.Same(near, entry.Key)))
        {
            return new ConfigurationException($"{message}. Did you mean \"{near}\"?");
        }

        var known = prefix.Length == 0 ? "Known at the top level" : $"Known under {Section(prefix)}";
        return new ConfigurationException(
            (elsewhere ?? Far(entry.Key)) is { } setting
                ? $"{message}: {Location(setting)}."
                : $"{message}. {known}: {string.Join(", ", KeysUnder(prefix))}."
        );
    }

    private static IEnumerable<string> KeysUnder(string prefix) =>
        KnownSettings
            .Under(prefix)
            .Select(setting => setting.Key)
            .Union(prefix.Length == 0 ? KnownSettings.Sections.Select(section => section.Path) : []);

    private static Setting? Elsewhere(string key) =>
        KnownSettings.All.FirstOrDefault(setting =>
            Suggestion.Same(setting.Key, key) || Suggestion.Same(setting.Path, key)
        );

    private static Setting? Far(string key) =>
        Suggestion.Nearest(key, KnownSettings.All.Select(setting => setting.Key)) is { } near ? Elsewhere(near) : null;

    private static string Location(Setting setting) =>
        setting.Prefix.Length == 0
            ? $"\"{setting.Key}\" is a top-level setting"
            : $"\"{setting.Key}\" belongs under \"{Section(setting.Prefix)}\"";

    private static string Section(string prefix) => prefix.TrimEnd('.').Replace("[]", "", StringComparison.Ordinal);

    private static string Shown(string prefix) => prefix.Replace("[]", "", StringComparison.Ordinal);
}
