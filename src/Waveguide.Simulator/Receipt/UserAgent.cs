using System.Text.RegularExpressions;

namespace Waveguide.Simulator.Receipt;

/// <summary>
/// What a browser's own description says, as far as exports of web clients show it: the browser stands as the operating
/// system, the system as the device. Browsers and systems that are not known give nothing.
/// </summary>
internal sealed partial record UserAgent(string? Browser, string? Version, string? System)
{
    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Mac OS X", "Mac"),
        ("CrOS", "Chrome OS"),
        ("Linux", "Linux"),
    ];

    public static UserAgent Read(string text)
    {
        var browser = Browsers().Match(text);
        var system = Systems.FirstOrDefault(known => text.Contains(known.Mark, StringComparison.Ordinal)).Name;
        if (!browser.Success)
        {
            return new UserAgent(null, null, system);
        }

        var name = browser.Groups["name"].Value switch
        {
            "Edg" => "Edge",
            "HeadlessChrome" => "Chrome Headless",
            "Version" => "Safari",
            var other => other,
        };
        return new UserAgent(name, browser.Groups["version"].Value, system);
    }

    [GeneratedRegex(
        @"(?<name>Edg|Firefox)/(?<version>[0-9]+)|(?<name>HeadlessChrome|Chrome)/(?<version>[0-9]+)(?!.*Edg/)|(?<name>Version)/(?<version>[0-9]+).*Safari",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Browsers();
}
