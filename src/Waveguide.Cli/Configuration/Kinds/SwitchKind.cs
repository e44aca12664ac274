using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class SwitchKind : SettingKind<bool>
{
    public override string Name => "`true` or `false`";

    public override string Expectation => "true or false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override bool TryParse(string text, out bool value) => bool.TryParse(text.Trim(), out value);

    public override string? Suggest(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            "YES" or "ON" or "1" or "Y" => "true",
            "NO" or "OFF" or "0" or "N" => "false",
            _ => null,
        };
}
