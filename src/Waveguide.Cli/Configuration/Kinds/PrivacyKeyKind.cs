using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class PrivacyKeyKind : SettingKind<PrivacyKey>
{
    public override string Name => "secret";

    public override string Expectation =>
        $"{PrivacyKey.Digits} hexadecimal digits in lower case, as openssl rand -hex 32 gives";

    public override bool MayBeShown => false;

    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["pattern"] = $"^[0-9a-f]{{{PrivacyKey.Digits}}}$" };

    public override bool TryParse(string text, [MaybeNullWhen(false)] out PrivacyKey value)
    {
        value = PrivacyKey.Of(text.Trim());
        return value is not null;
    }
}
