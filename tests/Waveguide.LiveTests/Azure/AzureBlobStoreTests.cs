using Waveguide.AzureBlob;
using Waveguide.Storage;
using Waveguide.Tests.Storage;

namespace Waveguide.LiveTests.Azure;

public sealed class AzureBlobStoreTests(Azurite azurite) : ObjectStoreContract
{
    private AzureBlobOptions? _container;

    protected override async Task<IObjectStore> OpenAsync() =>
        Azurite.Open(_container ??= await azurite.ContainerAsync() with { Prefix = "a prefix/of two" });
}
