using Waveguide.LiveTests.S3;

[assembly: AssemblyFixture(typeof(S3Service))]

namespace Waveguide.LiveTests.S3;

/// <summary>The S3 server of all tests.</summary>
public sealed class S3Service : IAsyncDisposable
{
    private readonly Service<Ceph> _ceph = new(
        Ceph.StartAsync,
        "Ceph is not on this machine (apt-get install radosgw ceph-mon ceph-osd)."
    );

    public ValueTask DisposeAsync() => _ceph.DisposeAsync();

    internal Task<Ceph> GetAsync() => _ceph.GetAsync();
}
