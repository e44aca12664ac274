using Waveguide.Cli.Configuration;

namespace Waveguide.Cli.Destinations;

/// <summary><c>duckdb:warehouse.duckdb</c></summary>
internal sealed class DuckDbScheme : DestinationScheme
{
    public override string Name => "duckdb";

    public override string Example => "duckdb:warehouse.duckdb";

    public override IReadOnlyList<Setting> Options => [];

    public override DestinationPlace Place(DestinationRequest request) =>
        request.Address.Path.Length > 0
            ? new DuckDbPlace(request)
            : throw new ConfigurationException("the destination \"duckdb:\" names no file.")
            {
                Hint = $"Write {Example}, or another path.",
            };
}
