using Waveguide.Destinations.Lake;
using Waveguide.S3;
using Waveguide.Storage;
using Waveguide.Tests.Destinations;

namespace Waveguide.LiveTests.S3;

public abstract class S3LakeTests(S3Service service, LakeFormat format) : LakeContract(format)
{
    private readonly string _prefix = $"{Guid.NewGuid():n}";

    protected override async Task<IObjectStore> StoreAsync() =>
        new S3ObjectStore((await service.GetAsync()).Options(_prefix), TimeProvider.System);

    protected override async Task<IReadOnlyList<string>> HalfWrittenAsync() =>
        await (await service.GetAsync()).UnfinishedAsync(_prefix);
}

public sealed class S3JsonGzLakeTests(S3Service service) : S3LakeTests(service, LakeFormat.JsonGz);

/// <summary>Every call is failed with the other format already.</summary>
public sealed class S3ParquetLakeTests(S3Service service) : S3LakeTests(service, LakeFormat.Parquet)
{
    protected override int Stride => 3;
}
