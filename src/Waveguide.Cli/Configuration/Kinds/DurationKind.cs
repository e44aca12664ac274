using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed partial class DurationKind(TimeSpan least, TimeSpan most) : SettingKind<TimeSpan>
{
    private const string Pattern =
        "^(?=[0-9])(?:(?<d>[0-9]{1,6})d)?(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?$";

    public override string Name => "duration";

    public override string Expectation =>
        $"a duration from {Text(least)} to {Text(most)}, such as 45s, 90m, 3h or 1h30m";

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern };

    public override bool TryParse(string text, out TimeSpan value)
    {
        var match = Shape().Match(text.Trim());
        value =
            TimeSpan.FromDays(Number(match.Groups["d"]))
            + TimeSpan.FromHours(Number(match.Groups["h"]))
            + TimeSpan.FromMinutes(Number(match.Groups["m"]))
            + TimeSpan.FromSeconds(Number(match.Groups["s"]));
        return match.Success && value >= least && value <= most;
    }

    private static int Number(Group group) =>
        group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static string Text(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerDay == 0 && duration > TimeSpan.Zero
            ? $"{duration.TotalDays}d"
            : $"{duration.TotalSeconds}s";

    [GeneratedRegex(
        Pattern,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
