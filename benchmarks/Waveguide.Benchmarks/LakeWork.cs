using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Waveguide.Destinations.Lake;
using Waveguide.Diagnostics;
using Waveguide.S3;

namespace Waveguide.Benchmarks;

/// <summary>One archive into a bucket, in a process of its own: as a slice into a lake, or its bytes by the SDK alone.</summary>
/// <param name="endpoint">Of the service; its keys and the bucket stand in the environment.</param>
internal sealed class LakeWork(string archive, string folder, Uri endpoint)
{
    public const string Bucket = "WAVEGUIDE_BENCHMARK_BUCKET";

    /// <summary>More bring nothing here.</summary>
    private const int CopiesAtOnce = 4;

    private readonly string _bucket = Environment.GetEnvironmentVariable(Bucket)!;
    private readonly string _access = Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID")!;
    private readonly string _secret = Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY")!;

    /// <returns>Seconds from the verified slice on disk to its commit.</returns>
    public async Task<double> LoadAsync()
    {
        using var fetched = await Work.VerifyAsync(archive, folder);
        var options = new S3StoreOptions
        {
            Bucket = _bucket,
            Prefix = $"{Guid.NewGuid():n}",
            Endpoint = endpoint,
            PathStyle = true,
            Keys = new S3Keys(_access, new Secret(_secret), SessionToken: null),
        };
        await using var lake = await LakeDestination.OpenAsync(
            new S3ObjectStore(options, TimeProvider.System),
            new LakeDestinationOptions { ScratchFolder = folder, MemoryLimitBytes = Work.MemoryLimit },
            TimeProvider.System,
            default
        );
        var watch = Stopwatch.StartNew();
        await lake.LoadAsync(Work.Scan(fetched), default);
        return watch.Elapsed.TotalSeconds;
    }

    /// <returns>Seconds for the parts as they lie unpacked on disk.</returns>
    public async Task<double> CopyAsync()
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(_access, _secret),
            new AmazonS3Config
            {
                ServiceURL = endpoint.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );
        var prefix = $"{Guid.NewGuid():n}";
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(Path.Combine(folder, "parts")),
            new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce },
            async (path, token) =>
                await client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = _bucket,
                        Key = $"{prefix}/{Path.GetFileName(path)}",
                        FilePath = path,
                    },
                    token
                )
        );
        return watch.Elapsed.TotalSeconds;
    }
}
