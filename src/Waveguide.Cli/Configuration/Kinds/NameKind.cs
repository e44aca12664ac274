using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed partial class NameKind : SettingKind<string>
{
    private const string Pattern = "^[a-zA-Z0-9_-]+$";

    public override string Name => "name";

    public override string Expectation => "a name of letters, digits, _ and -";

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern };

    public override bool TryParse(string text, out string value)
    {
        value = text.Trim();
        return Shape().IsMatch(value);
    }

    [GeneratedRegex(
        Pattern,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
