using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>A key. Blanks and quotes around it are left out: keys have none, and some tools keep those of a file.</summary>
internal sealed class SecretKind : SettingKind<Secret>
{
    public override string Name => "secret";

    public override string Expectation => "one line of text";

    public override bool MayBeShown => false;

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1 };

    public override bool TryParse(string text, [MaybeNullWhen(false)] out Secret value)
    {
        var bare = text.Trim();
        if (bare.Length > 1 && bare[0] == bare[^1] && bare[0] is '"' or '\'')
        {
            bare = bare[1..^1].Trim();
        }

        value = bare.Length > 0 ? new Secret(bare) : null;
        return value is not null;
    }
}
