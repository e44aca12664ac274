using System.Text;
using System.Text.RegularExpressions;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>The environment, and behind it what <c>.env</c> adds.</summary>
internal sealed partial class Variables(
    IReadOnlyDictionary<string, string> environment,
    IReadOnlyDictionary<string, string> file
)
{
    private const string FileName = ".env";

    public static Variables Read(SettingsRequest request)
    {
        var path = Path.Combine(request.WorkingDirectory, FileName);
        return new Variables(
            request.Environment,
            !request.IgnoreFiles && File.Exists(path)
                ? EnvFile.Parse(TextFile.Read(path, FileName), FileName)
                : new Dictionary<string, string>(StringComparer.Ordinal)
        );
    }

    /// <summary>Null when the variable is not set; an empty one is set.</summary>
    public Found? Find(string name) =>
        environment.TryGetValue(name, out var value) ? new Found($"{name} in the environment", [new(value, value)])
        : file.TryGetValue(name, out value) ? new Found($"{name} in {FileName}", [new(value, value)])
        : null;

    /// <summary>Fills in <c>${NAME}</c> and <c>${NAME:-default}</c>; <c>$${</c> stands for <c>${</c>.</summary>
    /// <param name="missing">The first variable that is not set and has no default.</param>
    /// <exception cref="FormatException">A <c>${</c> begins nothing of the kind.</exception>
    public string Fill(string text, out string? missing)
    {
        var filled = new StringBuilder();
        var from = 0;
        missing = null;
        foreach (Match match in Reference().Matches(text))
        {
            filled.Append(text, from, match.Index - from);
            from = match.Index + match.Length;
            var name = match.Groups["name"];
            var value = name.Success ? Find(name.Value)?.Texts[0].Value : null;
            if (match.Value == "$${")
            {
                filled.Append("${");
            }
            else if (!name.Success)
            {
                throw new FormatException();
            }
            else if (match.Groups["default"] is { Success: true } fallback)
            {
                filled.Append(string.IsNullOrEmpty(value) ? fallback.Value : value);
            }
            else
            {
                filled.Append(value);
                missing ??= value is null ? name.Value : null;
            }
        }

        return filled.Append(text, from, text.Length - from).ToString();
    }

    [GeneratedRegex(
        @"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}|\$\{",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reference();
}
