using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration;

/// <summary>One Amplitude project.</summary>
internal sealed record ProjectSettings
{
    /// <summary>The name of the only project of a configuration that lists none.</summary>
    public const string DefaultName = "default";

    public required string Name { get; init; }

    /// <summary>Null when it is missing or empty.</summary>
    public required Secret? ApiKey { get; init; }

    /// <inheritdoc cref="ApiKey"/>
    public required Secret? SecretKey { get; init; }

    public required DataRegion Region { get; init; }

    /// <summary>The first wanted hour; null when the configuration names none.</summary>
    public required UploadHour? Start { get; init; }

    /// <summary>The address that stands in for every host of Amplitude; null: Amplitude itself.</summary>
    public required Uri? Url { get; init; }

    /// <summary>Amplitude's number of the project; null when it was not said.</summary>
    public required int? App { get; init; }

    /// <summary>Why a key is missing, and how to set it; null when both are there.</summary>
    public required KeyProblem? KeyProblem { get; init; }

    /// <exception cref="ConfigurationException">A key is missing or empty.</exception>
    public ProjectKeys Keys() =>
        ApiKey is { } apiKey && SecretKey is { } secretKey
            ? new ProjectKeys(apiKey, secretKey)
            : throw new ConfigurationException(KeyProblem?.Message ?? $"project \"{Name}\" has no keys.")
            {
                Hint = KeyProblem?.Hint,
            };
}

internal sealed record ProjectKeys(Secret ApiKey, Secret SecretKey);

internal sealed record KeyProblem(string Message, string Hint);
