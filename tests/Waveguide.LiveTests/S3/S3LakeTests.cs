using Waveguide.Destinations.Lake;
using Waveguide.S3;
using Waveguide.Storage;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests.S3;

public sealed class S3LakeTests(S3Service service) : LakeContract(LakeFormat.JsonGz)
{
    private readonly string _prefix = $"{Guid.NewGuid():n}";

    protected override int Stride => 3;

    protected override async Task<IObjectStore> StoreAsync() =>
        new S3ObjectStore((await service.GetAsync()).Options(_prefix), TimeProvider.System);

    protected override async Task<IReadOnlyList<string>> HalfWrittenAsync() =>
        await (await service.GetAsync()).UnfinishedAsync(_prefix);
}
