using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

internal sealed class HourKind : SettingKind<UploadHour>
{
    public override string Name => "day or hour, UTC";

    public override string Expectation => "a UTC day (2025-07-09) or a UTC hour (2025-07-09T14)";

    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2})?$" };

    public override bool TryParse(string text, out UploadHour value) => UploadHour.TryParse(text.Trim(), out value);
}
