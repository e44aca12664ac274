using System.Diagnostics;
using Amazon.S3.Model;
using Waveguide.Destinations.Lake;
using Waveguide.LiveTests.S3;
using Waveguide.S3;

namespace Waveguide.Benchmarks;

/// <summary>One archive into a bucket, in a process of its own: as a slice into a lake, or its bytes by the SDK alone.</summary>
/// <param name="endpoint">Of the Ceph that the report started.</param>
internal sealed class LakeWork(string archive, string folder, Uri endpoint)
{
    /// <summary>More bring nothing here.</summary>
    private const int CopiesAtOnce = 4;

    /// <returns>Seconds from the verified slice on disk to its commit, and from the archive as it came.</returns>
    public async Task<double[]> LoadAsync()
    {
        var whole = Stopwatch.StartNew();
        using var fetched = await Work.VerifyAsync(archive, folder, counts: true);
        await using var lake = await LakeDestination.OpenAsync(
            new S3ObjectStore(Ceph.Options(endpoint, $"{Guid.NewGuid():n}"), TimeProvider.System),
            new LakeDestinationOptions { ScratchFolder = folder, MemoryLimitBytes = Work.MemoryLimit },
            TimeProvider.System,
            default
        );
        var watch = Stopwatch.StartNew();
        await lake.LoadAsync(Work.Scan(fetched), default);
        return [watch.Elapsed.TotalSeconds, whole.Elapsed.TotalSeconds];
    }

    /// <returns>Seconds for the parts as they lie unpacked on disk.</returns>
    public async Task<double[]> CopyAsync()
    {
        using var client = Ceph.Client(endpoint);
        var prefix = $"{Guid.NewGuid():n}";
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(Path.Combine(folder, "parts")),
            new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce },
            async (path, token) =>
                await client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = Ceph.Bucket,
                        Key = $"{prefix}/{Path.GetFileName(path)}",
                        FilePath = path,
                    },
                    token
                )
        );
        return [watch.Elapsed.TotalSeconds];
    }
}
