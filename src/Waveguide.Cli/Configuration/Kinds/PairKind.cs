using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>A name and a value, as they stand on a command line: <c>name=value</c>.</summary>
internal sealed class PairKind : SettingKind<KeyValuePair<string, string>>
{
    public override string Name => "names and values";

    public override string Expectation => "a name, = and a value, such as session_idle_minutes=30";

    /// <summary>Of the value alone: in a file the name is a key.</summary>
    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(Type("string"), Type("number"), Type("boolean")) };

    public override bool TryParse(string text, out KeyValuePair<string, string> value)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        value = sign > 0 ? KeyValuePair.Create(text[..sign].Trim(), text[(sign + 1)..].Trim()) : default;
        return value.Key is { Length: > 0 };
    }

    private static JsonObject Type(string name) => new() { ["type"] = name };
}
