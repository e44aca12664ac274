using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class TextKind(string name) : SettingKind<string>
{
    public override string Name => name;

    public override string Expectation => "one line of text";

    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["pattern"] = @"^[^\u0000-\u001f]*[^\s\u0000-\u001f][^\u0000-\u001f]*$" };

    public override bool TryParse(string text, out string value)
    {
        value = text.Trim();
        return value.Length > 0 && !value.Any(char.IsControl);
    }
}
