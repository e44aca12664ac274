using Waveguide.AzureBlob;
using Waveguide.Storage;
using Waveguide.Tests.Sources;

namespace Waveguide.LiveTests.Azure;

public sealed class AzureBucketTests(Azurite azurite) : BucketContract
{
    private AzureBlobOptions? _container;

    protected override async Task<IObjectStore> StoreAsync() =>
        Azurite.Open(_container ??= await azurite.ContainerAsync() with { Prefix = "of Amplitude" });
}
