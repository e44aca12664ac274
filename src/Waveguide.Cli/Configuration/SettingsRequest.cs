namespace Waveguide.Cli.Configuration;

/// <summary>Where settings come from. What the command line did not say is null.</summary>
internal sealed record SettingsRequest
{
    /// <summary>Holds <c>.env</c> and <c>waveguide.yml</c>; relative paths start here.</summary>
    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether <c>.env</c> and the YAML file are left alone.</summary>
    public bool IgnoreFiles { get; init; }

    /// <summary><c>--config</c></summary>
    public string? ConfigPath { get; init; }

    /// <summary><c>--destination</c></summary>
    public string? Destination { get; init; }

    /// <summary><c>--region</c></summary>
    public string? Region { get; init; }

    /// <summary><c>--user-ids</c>; an empty list counts as not said.</summary>
    public IReadOnlyList<string>? UserIds { get; init; }

    /// <summary><c>--table</c>; an empty list counts as not said.</summary>
    public IReadOnlyList<string>? Tables { get; init; }

    /// <summary><c>--models</c></summary>
    public string? Models { get; init; }

    /// <summary><c>--var</c></summary>
    public IReadOnlyList<string>? Variables { get; init; }
}
