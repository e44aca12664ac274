using Waveguide.Simulator;

namespace Waveguide.LiveTests.S3;

/// <summary>The program, and a place in a bucket that it loads one day into.</summary>
internal sealed class S3Run : IAsyncDisposable
{
    private readonly ServedProgram _program;
    private readonly Ceph _ceph;
    private readonly string _bucket;
    private readonly string _prefix = $"{Guid.NewGuid():n}";
    private readonly string _options;

    private S3Run(ServedProgram program, Ceph ceph, string bucket, string options)
    {
        _program = program;
        _ceph = ceph;
        _bucket = bucket;
        _options = options;
    }

    public int Requests => _program.Requests;

    /// <summary>What a script needs to find it.</summary>
    public IEnumerable<string> Coordinates =>
        [$"{_ceph.Address}", Ceph.AccessKey, Ceph.SecretKey, _bucket, $"{_prefix}/"];

    private string Destination => $"s3://{_bucket}/{_prefix}?region=us-east-1{_options}";

    /// <param name="at">Where the service is reached; null: without a detour.</param>
    public static async Task<S3Run> StartAsync(
        Ceph ceph,
        GeneratedTraffic traffic,
        string options = "",
        Uri? at = null,
        string bucket = Ceph.Bucket
    )
    {
        var program = await ServedProgram.StartAsync(traffic);
        program.Set("AWS_ACCESS_KEY_ID", Ceph.AccessKey);
        program.Set("AWS_SECRET_ACCESS_KEY", Ceph.SecretKey);
        program.Set("AWS_ENDPOINT_URL_S3", $"{at ?? ceph.Address}");
        await File.WriteAllTextAsync(program.At("waveguide.yml"), "load:\n  spool: ./spool\n");
        return new S3Run(program, ceph, bucket, options);
    }

    public string At(string name) => _program.At(name);

    public void Set(string variable, string value) => _program.Set(variable, value);

    public Task<(int Code, string Out, string Error)> SyncAsync(params IEnumerable<string> options) =>
        RunAsync("sync", ["--from", "2025-07-07", "--until", "2025-07-08", .. options]);

    public Task<(int Code, string Out, string Error)> RunAsync(string verb, params IEnumerable<string> options) =>
        _program.RunAsync([verb, "--destination", Destination, .. options]);

    /// <summary>Runs, and looks whether every row of the truth is there and nothing half-uploaded.</summary>
    public async Task CompleteAsync(int truth)
    {
        var (code, _, error) = await SyncAsync();
        Assert.True(code == 0, error);
        const string count = "SELECT count(*), count(DISTINCT uuid) FROM amplitude.events";
        var answer = await RunAsync("query", count, "--format", "csv");
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Equal($"{truth},{truth}", answer.Out.Split('\n')[1].Trim());
        Assert.Empty(await _ceph.UnfinishedAsync(_prefix, _bucket));
    }

    /// <summary>The objects, by their keys below the prefix.</summary>
    public async Task<List<string>> KeysAsync() =>
        [.. (await _ceph.KeysAsync(_prefix, _bucket)).Select(key => key[(_prefix.Length + 1)..])];

    /// <summary>Removes the lock of a run that could not, as its lease does within a minute.</summary>
    public async Task OutliveLeaseAsync()
    {
        using var client = _ceph.Client();
        await client.DeleteObjectAsync(_bucket, $"{_prefix}/.waveguide/lock");
    }

    /// <summary>Looks through what was said, and through every file of the run.</summary>
    public void HoldsNoSecret(string said, string secret = Ceph.SecretKey)
    {
        var files = Directory
            .EnumerateFiles(_program.At("."), "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Append(said);
        Assert.All(files, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.DoesNotContain(Ceph.AccessKey, said, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
