using Waveguide.AzureBlob;
using Waveguide.Destinations.Lake;
using Waveguide.Storage;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests.Azure;

public abstract class AzureLakeTests(Azurite azurite, LakeFormat format) : LakeContract(format)
{
    private AzureBlobOptions? _container;

    protected override async Task<IObjectStore> StoreAsync() =>
        Azurite.Open(_container ??= await azurite.ContainerAsync());

    protected override Task<IReadOnlyList<string>> HalfWrittenAsync() => azurite.UncommittedAsync(_container!);
}

public sealed class AzureJsonGzLakeTests(Azurite azurite) : AzureLakeTests(azurite, LakeFormat.JsonGz);

public sealed class AzureParquetLakeTests(Azurite azurite) : AzureLakeTests(azurite, LakeFormat.Parquet);
