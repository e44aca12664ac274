using Waveguide.Destinations.DuckDb;

namespace Waveguide.Tests.Destinations;

public sealed class DuckDbDestinationTests : DestinationContract
{
    protected override Task<IDestination> OpenAsync(string folder)
    {
        var options = new DuckDbDestinationOptions { Path = Path.Combine(folder, "warehouse.duckdb") };
        return Task.FromResult<IDestination>(DuckDbDestination.Open(options, new ImpatientClock(Now)));
    }
}
