using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Waveguide.LiveTests.Lake;
using Waveguide.LiveTests.Transform;

namespace Waveguide.LiveTests.S3;

/// <summary>Whole runs of the program into a bucket.</summary>
public sealed class S3RunTests(S3Service service) : CutRunTests
{
    protected override async Task<Uri> ServiceAsync() => (await service.GetAsync()).Address;

    private protected override async Task<LakeRun> StartAsync(Uri at) =>
        await S3Run.StartAsync(await service.GetAsync(), at: at);

    [Theory]
    [InlineData("json.gz")]
    [InlineData("parquet")]
    public async Task A_lake_in_a_bucket_is_complete_and_running_again_changes_nothing(string format)
    {
        await using var run = await S3Run.StartAsync(await service.GetAsync(), $"&format={format}");
        await run.CompleteAsync();
        var keys = await run.KeysAsync();
        var requests = run.Requests;
        await run.CompleteAsync();
        Assert.Equal(requests, run.Requests);
        Assert.Equal(keys, await run.KeysAsync());
        Assert.Contains(keys, key => key.EndsWith(format, StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.StartsWith(".waveguide/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Boto3_lists_the_bucket_and_reads_every_line()
    {
        const string python = "/usr/bin/python3";
        Witness.Require(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "python3-boto3");
        await using var run = await S3Run.StartAsync(await service.GetAsync());
        await run.CompleteAsync();
        var script = run.At("read.py");
        await File.WriteAllTextAsync(
            script,
            """
            import gzip, sys
            import boto3
            endpoint, access, secret, bucket, prefix = sys.argv[1:]
            client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1",
                                  aws_access_key_id=access, aws_secret_access_key=secret)
            keys = [item["Key"] for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
                    for item in page["Contents"]]
            parts = [key for key in keys if key.endswith(".json.gz")]
            lines = sum(gzip.decompress(client.get_object(Bucket=bucket, Key=key)["Body"].read()).count(b"\n") for key in parts)
            print(len(keys), lines)
            """
        );
        var start = new ProcessStartInfo(python, [script, .. run.Coordinates])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var reader = Process.Start(start)!;
        var complaint = reader.StandardError.ReadToEndAsync();
        var said = await reader.StandardOutput.ReadToEndAsync();
        Assert.True(said.Trim() == $"{(await run.KeysAsync()).Count} {LakeRun.Truth}", said + await complaint);
    }

    [Fact]
    public async Task Throttling_and_failures_of_the_service_in_between_are_lived_through()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        await using var run = await S3Run.StartAsync(ceph, at: front.Address);
        var count = 0;
        front.Rule = _ =>
            (Interlocked.Increment(ref count) % 40) switch
            {
                13 => new S3Refusal(503, "SlowDown"),
                26 => new S3Refusal(500, "InternalError"),
                _ => null,
            };
        await run.CompleteAsync();
        Assert.True(count > 26);
    }

    [Fact]
    public async Task Credentials_that_expire_in_the_middle_end_the_run_in_a_sentence_and_the_next_completes_it()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        await using var run = await S3Run.StartAsync(ceph, at: front.Address);
        var left = 12;
        front.Rule = _ =>
            Interlocked.Decrement(ref left) < 0
                ? new S3Refusal(400, "ExpiredToken", $"The provided token {Ceph.AccessKey} has expired.")
                : null;
        var (code, said, error) = await run.SyncAsync("--verbose");
        Assert.True(code == 4, error);
        Assert.Contains("the temporary credentials have expired", LakeRun.Flat(error), StringComparison.Ordinal);
        run.HoldsNoSecret(said + error, Ceph.SecretKey, Ceph.AccessKey);
        front.Rule = _ => null;
        await run.OutliveLeaseAsync();
        await run.CompleteAsync();
    }

    [Fact]
    public async Task Keys_of_a_profile_are_found()
    {
        await using var run = await S3Run.StartAsync(await service.GetAsync(), "&profile=lake");
        ForgetKeys(run);
        await File.WriteAllTextAsync(
            run.At("profiles"),
            $"[lake]\naws_access_key_id = {Ceph.AccessKey}\naws_secret_access_key = {Ceph.SecretKey}\n"
        );
        run.Set("AWS_SHARED_CREDENTIALS_FILE", run.At("profiles"));
        await run.CompleteAsync();
    }

    [Fact]
    public async Task Keys_of_the_machines_role_are_asked_for_where_the_machine_says()
    {
        var ceph = await service.GetAsync();
        var keys = await ceph.RoleKeysAsync(seconds: 3600);
        await using var machine = WebApplication.CreateSlimBuilder().Build();
        machine.Urls.Add("http://127.0.0.1:0");
        machine.MapGet(
            "/role",
            () =>
                new Dictionary<string, string>
                {
                    ["AccessKeyId"] = keys.AccessKey,
                    ["SecretAccessKey"] = keys.SecretKey.Reveal(),
                    ["Token"] = keys.SessionToken!.Reveal(),
                    ["Expiration"] = $"{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}",
                }
        );
        await machine.StartAsync();
        await using var run = await S3Run.StartAsync(ceph, at: ceph.RoleAddress);
        ForgetKeys(run);
        run.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{machine.Urls.Single()}/role");
        await run.CompleteAsync();
    }

    [Fact]
    public async Task A_full_bucket_is_said_and_what_is_committed_stays()
    {
        var ceph = await service.GetAsync();
        await ceph.SmallBucketAsync();
        await using var run = await S3Run.StartAsync(ceph, bucket: Ceph.SmallBucket);
        var (code, _, error) = await run.SyncAsync();
        Assert.True(code == 4, error);
        Assert.Contains("the bucket is full (403 QuotaExceeded)", LakeRun.Flat(error), StringComparison.Ordinal);
        await ceph.GrowAsync();
        await run.OutliveLeaseAsync();
        await run.CompleteAsync();
    }

    [Theory]
    [InlineData("the secret key does not belong to the access key", "AWS_SECRET_ACCESS_KEY wrong/secret+that/is=long")]
    [InlineData("the access key is not known there", "AWS_ACCESS_KEY_ID AKIAWRONGWRONGWRONG1")]
    [InlineData(
        "it is not allowed (403 AccessDenied",
        "AWS_ACCESS_KEY_ID STRANGERSTESTKEY",
        "AWS_SECRET_ACCESS_KEY of-a-stranger"
    )]
    [InlineData("there is no bucket waveguide-nowhere (404 NoSuchBucket")]
    [InlineData("cannot be reached", "AWS_ENDPOINT_URL_S3 http://127.0.0.1:1")]
    public async Task A_refused_run_ends_with_4_and_shows_no_key(string sentence, params string[] variables)
    {
        var ceph = await service.GetAsync();
        await using var run = await S3Run.StartAsync(
            ceph,
            bucket: variables.Length > 0 ? Ceph.Bucket : "waveguide-nowhere"
        );
        var values = variables.Select(variable => variable.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1]);
        foreach (var (name, value) in values)
        {
            run.Set(name, value);
        }

        foreach (var verb in new[] { "sync", "status", "check" })
        {
            var (code, said, error) = await run.RunAsync(verb, "--verbose");
            Assert.True(code == 4 || (verb == "check" && code > 0), $"{verb} {code} {said} {error}");
            Assert.Contains(sentence, LakeRun.Flat(said + error), StringComparison.Ordinal);
            string[] secrets = [Ceph.SecretKey, Ceph.AccessKey, .. values.Values];
            run.HoldsNoSecret(
                said + error,
                secrets.Where(secret => !secret.StartsWith("http", StringComparison.Ordinal))
            );
        }
    }

    private static void ForgetKeys(S3Run run)
    {
        run.Set("AWS_ACCESS_KEY_ID", "");
        run.Set("AWS_SECRET_ACCESS_KEY", "");
    }
}
