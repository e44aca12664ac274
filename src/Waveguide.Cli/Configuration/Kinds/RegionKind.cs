using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class RegionKind : SettingKind<DataRegion>
{
    public override string Name => "`us` or `eu`";

    public override string Expectation => "us or eu";

    public override JsonObject Schema() =>
        new()
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray("us", "eu") },
                new JsonObject { ["type"] = "string", ["pattern"] = "^([uU][sS]|[eE][uU])$" }
            ),
        };

    public override bool TryParse(string text, out DataRegion value)
    {
        (value, var known) = text.Trim().ToUpperInvariant() switch
        {
            "US" => (DataRegion.Us, true),
            "EU" => (DataRegion.Eu, true),
            _ => (default, false),
        };
        return known;
    }

    public override string? Suggest(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            ['U', 'S', ..] or "SU" or "AMERICA" => "us",
            ['E', 'U', ..] or "UE" or "UK" or "GB" or "DE" => "eu",
            _ => null,
        };
}
