using Waveguide.LiveTests.Lake;

namespace Waveguide.LiveTests.S3;

/// <summary>A run into a place of its own in a bucket.</summary>
internal sealed class S3Run : LakeRun
{
    private readonly Ceph _ceph;
    private readonly string _bucket;
    private readonly string _prefix = $"{Guid.NewGuid():n}";
    private readonly string _options;

    private S3Run(ServedProgram program, Ceph ceph, string bucket, string options)
        : base(program)
    {
        _ceph = ceph;
        _bucket = bucket;
        _options = options;
    }

    /// <summary>What a script needs to find it.</summary>
    public IEnumerable<string> Coordinates =>
        [$"{_ceph.Address}", Ceph.AccessKey, Ceph.SecretKey, _bucket, $"{_prefix}/"];

    protected override string Destination => $"s3://{_bucket}/{_prefix}?region=us-east-1{_options}";

    /// <param name="at">Where the service is reached; null: without a detour.</param>
    public static async Task<S3Run> StartAsync(
        Ceph ceph,
        string options = "",
        Uri? at = null,
        string bucket = Ceph.Bucket
    )
    {
        var program = await StartProgramAsync();
        program.Set("AWS_ACCESS_KEY_ID", Ceph.AccessKey);
        program.Set("AWS_SECRET_ACCESS_KEY", Ceph.SecretKey);
        program.Set("AWS_ENDPOINT_URL_S3", $"{at ?? ceph.Address}");
        return new S3Run(program, ceph, bucket, options);
    }

    public override async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await _ceph.KeysAsync(_prefix, _bucket)).Select(key => key[(_prefix.Length + 1)..])];

    public override async Task<IReadOnlyList<string>> HalfWrittenAsync() =>
        await _ceph.UnfinishedAsync(_prefix, _bucket);

    public override async Task OutliveLeaseAsync()
    {
        using var client = _ceph.Client();
        await client.DeleteObjectAsync(_bucket, $"{_prefix}/.waveguide/lock");
    }
}
