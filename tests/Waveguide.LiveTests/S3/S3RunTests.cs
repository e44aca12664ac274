using System.Diagnostics;
using Waveguide.Simulator;

namespace Waveguide.LiveTests.S3;

/// <summary>Whole runs of the program into a bucket.</summary>
public sealed class S3RunTests(S3Service service)
{
    /// <summary>How text is taken apart that was wrapped for a terminal.</summary>
    private const StringSplitOptions Flat = StringSplitOptions.RemoveEmptyEntries;

    private static readonly DateTime Day = new(2025, 7, 7, 0, 0, 0, DateTimeKind.Utc);

    private static readonly GeneratedTraffic Traffic = GeneratedTraffic.Create(
        new TrafficOptions
        {
            FromUtc = Day,
            UntilUtc = Day.AddDays(1),
            EventsPerDay = 2_000,
        }
    );

    private static readonly int Truth = Enumerable.Range(0, 24).Sum(hour => Traffic.Truth(Day.AddHours(hour)).Events);

    [Theory]
    [InlineData("json.gz")]
    [InlineData("parquet")]
    public async Task A_lake_in_a_bucket_is_complete_and_running_again_changes_nothing(string format)
    {
        await using var run = await S3Run.StartAsync(await service.GetAsync(), Traffic, $"&format={format}");
        await run.CompleteAsync(Truth);
        var keys = await run.KeysAsync();
        var requests = run.Requests;
        await run.CompleteAsync(Truth);
        Assert.Equal(requests, run.Requests);
        Assert.Equal(keys, await run.KeysAsync());
        Assert.Contains(keys, key => key.EndsWith(format, StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.StartsWith(".waveguide/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Boto3_lists_the_bucket_and_reads_every_line()
    {
        const string python = "/usr/bin/python3";
        await using var run = await S3Run.StartAsync(await service.GetAsync(), Traffic);
        await run.CompleteAsync(Truth);
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
        Assert.True(said.Trim() == $"{(await run.KeysAsync()).Count} {Truth}", said + await complaint);
    }

    [Fact]
    public async Task Wherever_the_connection_is_cut_one_more_run_makes_the_objects_equal_to_the_truth()
    {
        var ceph = await service.GetAsync();
        await using var proxy = CuttingProxy.Start(ceph.Address);
        await using var whole = await S3Run.StartAsync(ceph, Traffic, at: proxy.Address);
        await whole.CompleteAsync(Truth);
        var bytes = proxy.Passed;
        var truth = await whole.KeysAsync();
        var failed = 0;
        for (var moment = 1; moment <= 20; moment++)
        {
            await using var run = await S3Run.StartAsync(ceph, Traffic, at: proxy.Address);
            proxy.CutAfter(bytes * moment / 21, forGood: moment % 2 == 0);
            var (code, _, error) = await run.SyncAsync();
            Assert.True(code is 0 or 4, error);
            Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
            failed += code == 4 ? 1 : 0;
            proxy.Heal();
            await run.OutliveLeaseAsync();
            await run.CompleteAsync(Truth);
            Assert.Equal(truth, await run.KeysAsync());
        }

        Assert.InRange(failed, 5, 15);
    }

    [Fact]
    public async Task Throttling_and_failures_of_the_service_in_between_are_lived_through()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        await using var run = await S3Run.StartAsync(ceph, Traffic, at: front.Address);
        var count = 0;
        front.Rule = _ =>
            (Interlocked.Increment(ref count) % 40) switch
            {
                13 => new S3Refusal(503, "SlowDown"),
                26 => new S3Refusal(500, "InternalError"),
                _ => null,
            };
        await run.CompleteAsync(Truth);
        Assert.True(count > 40);
    }

    [Fact]
    public async Task Credentials_that_expire_in_the_middle_end_the_run_in_a_sentence_and_the_next_completes_it()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        await using var run = await S3Run.StartAsync(ceph, Traffic, at: front.Address);
        var left = 30;
        front.Rule = _ =>
            Interlocked.Decrement(ref left) < 0
                ? new S3Refusal(400, "ExpiredToken", $"The provided token {Ceph.AccessKey} has expired.")
                : null;
        var (code, said, error) = await run.SyncAsync("--verbose");
        Assert.True(code == 4, error);
        Assert.Contains(
            "the temporary credentials have expired",
            error.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        run.HoldsNoSecret(said + error);
        front.Rule = _ => null;
        await run.OutliveLeaseAsync();
        await run.CompleteAsync(Truth);
    }

    [Fact]
    public async Task A_full_bucket_is_said_and_what_is_committed_stays()
    {
        var ceph = await service.GetAsync();
        await ceph.SmallBucketAsync();
        await using var run = await S3Run.StartAsync(ceph, Traffic, bucket: Ceph.SmallBucket);
        var (code, _, error) = await run.SyncAsync();
        Assert.True(code == 4, error);
        Assert.Contains(
            "the bucket is full (403 QuotaExceeded)",
            error.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        await ceph.GrowAsync();
        await run.OutliveLeaseAsync();
        await run.CompleteAsync(Truth);
    }

    [Theory]
    [InlineData(
        "AWS_SECRET_ACCESS_KEY",
        "wrong/secret+that/is=long",
        "the secret key does not belong to the access key"
    )]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAWRONGWRONGWRONG1", "the access key is not known there")]
    [InlineData("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1", "cannot be reached")]
    public async Task A_refused_run_ends_with_4_and_shows_no_key(string variable, string value, string sentence)
    {
        await using var run = await S3Run.StartAsync(await service.GetAsync(), Traffic);
        run.Set(variable, value);
        foreach (var verb in new[] { "sync", "status", "check" })
        {
            var (code, said, error) = await run.RunAsync(verb, "--verbose");
            Assert.True(code == 4 || (verb == "check" && code > 0), $"{verb} {code} {said} {error}");
            Assert.Contains(
                sentence,
                string.Join(' ', (said + error).Split((char[]?)null, Flat)),
                StringComparison.Ordinal
            );
            run.HoldsNoSecret(said + error);
            run.HoldsNoSecret(value.StartsWith("http", StringComparison.Ordinal) ? "" : said + error, value);
        }
    }
}
