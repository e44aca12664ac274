using Waveguide.S3;
using Waveguide.Storage;
using Waveguide.Tests.Storage;

namespace Waveguide.LiveTests.S3;

public sealed class S3ObjectStoreTests(S3Service service) : ObjectStoreContract
{
    private readonly string _prefix = $"{Guid.NewGuid():n}/ü";

    protected override async Task<IObjectStore> OpenAsync()
    {
        var ceph = await service.GetAsync();
        return new S3ObjectStore(ceph.Options(_prefix), TimeProvider.System);
    }
}
