using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary>A lake.</summary>
internal sealed class LakePlace(DestinationRequest request, Func<IObjectStore> open) : DestinationPlace
{
    public override string Name => request.Address.Text;

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken) => throw NotYet();

    public override Task<IDestination> OpenToWriteAsync(string verb, CancellationToken cancellationToken) =>
        throw NotYet();

    public override Task<IDestination> OpenToReadAsync(CancellationToken cancellationToken) => throw NotYet();

    public override Task<string> TryAsync(CancellationToken cancellationToken) => throw NotYet();

    private ConfigurationException NotYet()
    {
        using var store = open() as IDisposable;
        return new ConfigurationException(
            $"destination {request.Address.Scheme.Name}: is not in this version of Waveguide yet."
        )
        {
            Hint = "duckdb:warehouse.duckdb works today.",
        };
    }
}
