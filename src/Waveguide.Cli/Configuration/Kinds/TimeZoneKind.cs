using System.Text.Json.Nodes;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class TimeZoneKind : SettingKind<TimeZoneInfo>
{
    public override string Name => "time zone";

    public override string Expectation => "a time zone such as UTC or Europe/London";

    public override JsonObject Schema() => new() { ["type"] = "string" };

    public override bool TryParse(string text, out TimeZoneInfo value)
    {
        var found = TimeZoneInfo.TryFindSystemTimeZoneById(text.Trim(), out var zone);
        value = zone ?? TimeZoneInfo.Utc;
        return found;
    }

    public override string? Suggest(string text) =>
        Suggestion.Nearest(text.Trim(), TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id));
}
