using System.Text.Json.Nodes;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>One of a few words.</summary>
internal sealed class WordKind(params string[] words) : SettingKind<string>
{
    public override string Name => string.Join(", ", words.Select(word => $"`{word}`"));

    public override string Expectation => $"{string.Join(", ", words[..^1])} or {words[^1]}";

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) };

    public override bool TryParse(string text, out string value)
    {
        value = text.Trim();
        return words.Contains(value, StringComparer.Ordinal);
    }

    public override string? Suggest(string text) => Suggestion.Nearest(text.Trim(), words);
}
