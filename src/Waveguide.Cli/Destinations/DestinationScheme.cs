using Waveguide.Cli.Configuration;

namespace Waveguide.Cli.Destinations;

/// <summary>The destinations whose addresses begin with one word.</summary>
internal abstract class DestinationScheme
{
    /// <summary>Every scheme there is, the default one first.</summary>
    public static IReadOnlyList<DestinationScheme> All { get; } =
    [new DuckDbScheme(), new FileScheme(), new S3Scheme(), new AzureScheme()];

    /// <summary>What stands before the colon.</summary>
    public abstract string Name { get; }

    /// <summary>An address, for messages.</summary>
    public abstract string Example { get; }

    /// <summary>The options that an address may have.</summary>
    public abstract IReadOnlyList<Setting> Options { get; }

    /// <exception cref="ConfigurationException">The address or an option cannot be used.</exception>
    public abstract DestinationPlace Place(DestinationRequest request);
}
