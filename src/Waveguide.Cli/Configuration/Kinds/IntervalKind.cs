using System.Globalization;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>Days between two points of a series, of which Amplitude knows three.</summary>
internal sealed class IntervalKind : SettingKind<int>
{
    private static readonly int[] Days = [1, 7, 30];

    public override string Name => "`1`, `7` or `30`";

    public override string Expectation => "1, 7 or 30";

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. Days.Select(day => JsonValue.Create(day))]) };

    public override bool TryParse(string text, out int value) =>
        int.TryParse(text.Trim(), CultureInfo.InvariantCulture, out value) && Days.Contains(value);
}
