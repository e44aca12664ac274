using Waveguide.AzureBlob;
using Waveguide.Destinations.Lake;
using Waveguide.Tests;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests.Azure;

public abstract class AzureLakeTests(Azurite azurite, LakeFormat format) : DestinationContract
{
    private AzureBlobOptions? _container;

    protected override async Task<IDestination> OpenAsync(string folder) =>
        await LakeDestination.OpenAsync(
            Azurite.Open(_container ??= await azurite.ContainerAsync()),
            new LakeDestinationOptions { Format = format, ScratchFolder = Path.Combine(folder, "scratch") },
            new ImpatientClock(Now),
            default
        );
}

public sealed class AzureJsonGzLakeTests(Azurite azurite) : AzureLakeTests(azurite, LakeFormat.JsonGz);

public sealed class AzureParquetLakeTests(Azurite azurite) : AzureLakeTests(azurite, LakeFormat.Parquet);
