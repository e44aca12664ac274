using Waveguide.S3;
using Waveguide.Storage;
using Waveguide.Tests.Sources;

namespace Waveguide.LiveTests.S3;

public sealed class S3BucketTests(S3Service service) : BucketContract
{
    private readonly string _prefix = $"{Guid.NewGuid():n}/of Amplitude";

    protected override async Task<IObjectStore> StoreAsync() =>
        new S3ObjectStore((await service.GetAsync()).Options(_prefix), TimeProvider.System);
}
