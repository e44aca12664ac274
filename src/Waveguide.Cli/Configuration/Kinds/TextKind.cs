using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class TextKind(string name) : SettingKind<string>
{
    public override string Name => name;

    public override string Expectation => "text that is not empty";

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    public override bool TryParse(string text, out string value)
    {
        value = text.Trim();
        return value.Length > 0;
    }
}
