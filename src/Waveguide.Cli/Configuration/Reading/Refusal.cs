using System.Text.RegularExpressions;
using Waveguide.Cli.Configuration.Kinds;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Words for a value that cannot be used, without showing anything that may be a secret.</summary>
internal static partial class Refusal
{
    public static ConfigurationException Of(Found found, FoundText text, SettingKind kind)
    {
        var shown = kind.MayBeShown ? $", not {Show(text)}" : "";
        var suggestion = kind.Suggest(text.Value) is { } meant ? $" Did you mean \"{meant}\"?" : "";
        return new ConfigurationException(
            string.IsNullOrWhiteSpace(text.Value)
                ? $"{found.Place} is empty; it must be {kind.Expectation}."
                : $"{found.Place} {kind.Complaint(text.Value)}{shown}.{suggestion}"
        );
    }

    /// <summary>The text in quotes; three stars when it has the look of a key or of an address with a password.</summary>
    public static string Quote(string text) =>
        text.Length > 60 || text.Contains('@') || text.Any(char.IsControl) || KeyLike().IsMatch(text)
            ? "***"
            : $"\"{text}\"";

    private static string Show(FoundText text) =>
        text.Value == text.Written ? Quote(text.Value) : $"what {Quote(text.Written)} stands for";

    [GeneratedRegex(
        "(?=[A-Za-z]*[0-9])[A-Za-z0-9]{16,}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex KeyLike();
}
