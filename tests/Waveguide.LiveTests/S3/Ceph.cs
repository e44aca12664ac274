using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Waveguide.Diagnostics;
using Waveguide.S3;
using Waveguide.Tests;

namespace Waveguide.LiveTests.S3;

/// <summary>A whole Ceph on loopback, all in memory: a monitor, a disk and the gateway that speaks S3.</summary>
internal sealed class Ceph : IAsyncDisposable
{
    public const string Bucket = "waveguide-tests";
    public const string SmallBucket = "waveguide-small";
    public const string AccessKey = "WAVEGUIDETESTKEY";
    public const string SecretKey = "a/secret+that/nobody+may/ever=see";
    public const string KmsKey = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    public const string Role = "arn:aws:iam:::role/Writer";

    /// <summary>Of somebody who may do nothing in the bucket of the tests.</summary>
    public static readonly S3Keys StrangerKeys = new(
        "STRANGERSTESTKEY",
        new Secret("of-a-stranger"),
        SessionToken: null
    );

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _daemons = [];

    private Ceph() { }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>
    /// A gateway that also knows roles. Told of an unknown or wrong key it says no more than that access is denied, which
    /// the other tells apart.
    /// </summary>
    public Uri RoleAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>A place of its own in the bucket of the tests.</summary>
    public S3StoreOptions Options(string prefix) => Options(Address, prefix);

    /// <summary>The same where the service is reached by another address.</summary>
    public static S3StoreOptions Options(Uri address, string prefix) =>
        new()
        {
            Bucket = Bucket,
            Prefix = prefix,
            Endpoint = address,
            PathStyle = true,
            Keys = new S3Keys(AccessKey, new Secret(SecretKey), SessionToken: null),
        };

    /// <summary>The SDK's own client, for what only tests ask.</summary>
    public AmazonS3Client Client() => Client(Address);

    /// <inheritdoc cref="Client()"/>
    public static AmazonS3Client Client(Uri address) =>
        new(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonS3Config
            {
                ServiceURL = address.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );

    /// <summary>Keys of the role that end so soon.</summary>
    public async Task<S3Keys> RoleKeysAsync(int seconds)
    {
        using var client = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonSecurityTokenServiceConfig { ServiceURL = $"{RoleAddress}", AuthenticationRegion = "us-east-1" }
        );
        var answer = await client.AssumeRoleAsync(
            new AssumeRoleRequest
            {
                RoleArn = Role,
                RoleSessionName = "short",
                DurationSeconds = seconds,
            }
        );
        var keys = answer.Credentials;
        return new S3Keys(keys.AccessKeyId, new Secret(keys.SecretAccessKey), new Secret(keys.SessionToken));
    }

    /// <summary>The objects below a prefix, by their whole keys.</summary>
    public async Task<List<string>> KeysAsync(string prefix, string bucket = Bucket)
    {
        using var client = Client();
        var page = await client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = $"{prefix}/" }
        );
        return [.. (page.S3Objects ?? []).Select(item => item.Key)];
    }

    /// <summary>The uploads in parts below a prefix that were neither completed nor removed.</summary>
    public async Task<List<string>> UnfinishedAsync(string prefix, string bucket = Bucket)
    {
        using var client = Client();
        var page = await client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = bucket, Prefix = $"{prefix}/" }
        );
        return [.. (page.MultipartUploads ?? []).Select(upload => upload.UploadId)];
    }

    /// <summary>Makes a bucket that is soon full.</summary>
    public async Task SmallBucketAsync()
    {
        using var client = Client();
        await client.PutBucketAsync(SmallBucket);
        await AdministerAsync("quota", "set", "--quota-scope", "bucket", "--bucket", SmallBucket, "--max-objects", "9");
        await AdministerAsync("quota", "enable", "--quota-scope", "bucket", "--bucket", SmallBucket);
    }

    /// <summary>Gives the small bucket all the room there is.</summary>
    public Task GrowAsync() => AdministerAsync("quota", "disable", "--quota-scope", "bucket", "--bucket", SmallBucket);

    private string Configuration => _folder.At("ceph.conf");

    /// <returns>Null where it is not installed.</returns>
    public static async Task<Ceph?> StartAsync()
    {
        if (!new[] { "ceph-mon", "ceph-osd", "radosgw" }.All(name => File.Exists($"/usr/bin/{name}")))
        {
            return null;
        }

        // A test that cuts every connection would wait for five attempts.
        Environment.SetEnvironmentVariable("AWS_MAX_ATTEMPTS", "2");
        var ceph = new Ceph();
        try
        {
            await ceph.BeginAsync();
            return ceph;
        }
        catch
        {
            await ceph.DisposeAsync();
            throw;
        }
    }

    /// <summary>Administers the gateway.</summary>
    public Task AdministerAsync(params string[] arguments) =>
        RunAsync("radosgw-admin", ["--name", "client.gateway", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
            daemon.Dispose();
        }

        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        var cluster = Guid.NewGuid().ToString();
        var disk = Guid.NewGuid().ToString();
        var monitor = FreePort();
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        RoleAddress = new Uri($"http://127.0.0.1:{FreePort()}");
        await File.WriteAllTextAsync(Configuration, Settings(cluster, monitor));
        var map = _folder.At("monmap");
        await RunAsync("monmaptool", "--create", "--fsid", cluster, "--addv", "a", $"[v2:127.0.0.1:{monitor}]", map);
        await RunAsync("ceph-mon", "--id", "a", "--mkfs", "--monmap", map);
        Begin("ceph-mon", "--id", "a");
        await RunAsync("ceph", "osd", "new", disk);
        Directory.CreateDirectory(_folder.At("osd"));
        await RunAsync("ceph-osd", "--id", "0", "--mkfs", "--osd-uuid", disk);
        Begin("ceph-osd", "--id", "0");
        await UserAsync("tests", AccessKey, SecretKey);
        await UserAsync("stranger", StrangerKeys.AccessKey, StrangerKeys.SecretKey.Reveal());
        await RoleAsync();
        Begin("radosgw", "--name", "client.gateway");
        Begin("radosgw", "--name", "client.roles");
        await ReachAsync(Address);
        await ReachAsync(RoleAddress);
        using var client = Client();
        await client.PutBucketAsync(Bucket);
    }

    private Task UserAsync(string name, string access, string secret) =>
        AdministerAsync([
            "user",
            "create",
            "--uid",
            name,
            "--display-name",
            name,
            "--access-key",
            access,
            "--secret-key",
            secret,
        ]);

    private async Task RoleAsync()
    {
        const string trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/tests"]},
            "Action":["sts:AssumeRole"]}]}
            """;
        const string policy = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"arn:aws:s3:::*"}]}
            """;
        string[] role = ["--role-name", Role.Split('/')[^1]];
        await AdministerAsync(["role", "create", .. role, "--path", "/", "--assume-role-policy-doc", trust]);
        await AdministerAsync(["role-policy", "put", .. role, "--policy-name", "all", "--policy-doc", policy]);
    }

    private string Settings(string cluster, int monitor) =>
        $"""
            [global]
            fsid = {cluster}
            mon host = [v2:127.0.0.1:{monitor}/0]
            public addr = 127.0.0.1
            cluster addr = 127.0.0.1
            auth cluster required = none
            auth service required = none
            auth client required = none
            ms mon client mode = crc
            run dir = {_folder.Path}
            admin socket =
            pid file =
            keyring = {_folder.At("keyring")}
            log file = {_folder.At("$name.log")}
            log to stderr = false
            err to stderr = false
            mon cluster log file = {_folder.At("cluster.log")}
            mon data = {_folder.At("mon")}
            mon data avail crit = 0
            mon data avail warn = 0
            mon allow pool size one = true
            mon max pg per osd = 1000
            osd data = {_folder.At("osd")}
            osd objectstore = memstore
            memstore device bytes = 8589934592
            osd pool default size = 1
            osd pool default min size = 1
            osd pool default pg num = 1
            osd crush chooseleaf type = 0
            rgw crypt require ssl = false
            rgw crypt s3 kms backend = testing
            rgw crypt s3 kms encryption keys = {KmsKey}=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=
            rgw bucket quota ttl = 0
            [client.gateway]
            rgw frontends = beast endpoint=127.0.0.1:{Address.Port}
            [client.roles]
            rgw frontends = beast endpoint=127.0.0.1:{RoleAddress.Port}
            rgw s3 auth use sts = true
            rgw sts key = abcdefghijklmnop
            rgw sts min session duration = 1

            """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Begin(string program, params string[] arguments) =>
        _daemons.Add(Process.Start(Command(program, ["--foreground", .. arguments]))!);

    private async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        using var enough = new CancellationTokenSource(Patience);
        var said = process.StandardOutput.ReadToEndAsync(enough.Token);
        var complained = process.StandardError.ReadToEndAsync(enough.Token);
        try
        {
            await process.WaitForExitAsync(enough.Token);
        }
        catch (OperationCanceledException reason)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} does not come to its end.", reason);
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: {await said} {await complained}"
            );
        }
    }

    private ProcessStartInfo Command(string program, IEnumerable<string> arguments) =>
        new(program, ["--conf", Configuration, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static async Task ReachAsync(Uri address)
    {
        using var http = new HttpClient();
        using var enough = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(address, enough.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, enough.Token);
            }
        }
    }
}
