using Waveguide.Storage;

namespace Waveguide.Tests.Storage;

public sealed class FolderStoreTests : ObjectStoreContract
{
    protected override Task<IObjectStore> OpenAsync() =>
        Task.FromResult<IObjectStore>(new FolderStore(Place.At("store"), TimeProvider.System));
}
