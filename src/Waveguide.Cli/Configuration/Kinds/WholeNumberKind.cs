using System.Globalization;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class WholeNumberKind(int least, int most) : SettingKind<int>
{
    public override string Name => "whole number";

    public override string Expectation =>
        most == int.MaxValue ? $"a whole number, {least} or more" : $"a whole number from {least} to {most}";

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most != int.MaxValue)
        {
            schema["maximum"] = most;
        }

        return schema;
    }

    public override bool TryParse(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least
        && value <= most;
}
