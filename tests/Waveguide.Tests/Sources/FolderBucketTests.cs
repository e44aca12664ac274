using Waveguide.Storage;

namespace Waveguide.Tests.Sources;

public sealed class FolderBucketTests : BucketContract
{
    private readonly TemporaryFolder _bucket = new();

    protected override Task<IObjectStore> StoreAsync() =>
        Task.FromResult<IObjectStore>(new FolderStore(_bucket.At("export"), TimeProvider.System));

    public override ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        return base.DisposeAsync();
    }
}
