using System.Collections.Concurrent;
using System.Text;
using Waveguide.Diagnostics;
using Waveguide.S3;
using Waveguide.Storage;

namespace Waveguide.LiveTests.S3;

/// <summary>What people are told when the service says no: by Ceph itself where it can be brought to it.</summary>
public sealed class S3FailureTests(S3Service service)
{
    private static readonly ObjectContent Content = ObjectContent.Of(Encoding.UTF8.GetBytes("x"));

    [Fact]
    public Task A_missing_bucket_is_named() =>
        RefusedAsync(
            options => options with { Bucket = "waveguide-nowhere" },
            "there is no bucket waveguide-nowhere (404 NoSuchBucket",
            "Make it, or correct the address"
        );

    [Fact]
    public Task A_wrong_secret_is_told_from_an_unknown_key() =>
        RefusedAsync(
            options => options with { Keys = options.Keys! with { SecretKey = new Secret("not/the+secret") } },
            "the secret key does not belong to the access key (403 SignatureDoesNotMatch",
            "AWS_SECRET_ACCESS_KEY"
        );

    [Fact]
    public Task An_unknown_key_is_told_from_a_wrong_secret() =>
        RefusedAsync(
            options => options with { Keys = options.Keys! with { AccessKey = "NOBODYSKEY123456" } },
            "the access key is not known there (403 InvalidAccessKeyId",
            "AWS_ACCESS_KEY_ID"
        );

    [Fact]
    public Task A_denied_write_leads_to_the_policy() =>
        RefusedAsync(
            options => options with { Keys = Ceph.StrangerKeys },
            "it is not allowed (403 AccessDenied",
            "docs/destinations/s3.md has the policy"
        );

    [Fact]
    public Task A_key_for_encryption_that_is_not_there_is_named() =>
        RefusedAsync(
            options => options with { Encryption = S3Encryption.Kms, KmsKey = "arn:aws:kms:x:1:key/none" },
            "the key arn:aws:kms:x:1:key/none cannot be used for encryption",
            "Give kms_key the whole ARN"
        );

    [Fact]
    public async Task A_role_that_cannot_be_assumed_is_named()
    {
        var roles = (await service.GetAsync()).RoleAddress;
        await RefusedAsync(
            options => options with { Endpoint = roles, Role = "arn:aws:iam:::role/Nobody" },
            "the role arn:aws:iam:::role/Nobody cannot be assumed (",
            "trust policy"
        );
    }

    [Fact]
    public async Task A_token_that_is_damaged_may_have_expired_for_Ceph_says_no_more_than_that_it_is_denied()
    {
        var roles = (await service.GetAsync()).RoleAddress;
        await RefusedAsync(
            options =>
                options with
                {
                    Endpoint = roles,
                    Keys = options.Keys! with { SessionToken = new Secret("bm8gdG9rZW4gb2YgYW55Ym9keQ==") },
                },
            "it is not allowed (403 AccessDenied",
            "the temporary credentials have expired"
        );
    }

    [Fact]
    public async Task Keys_of_a_role_that_have_expired_are_denied_by_Ceph_and_others_of_it_are_not()
    {
        var ceph = await service.GetAsync();
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = ceph.RoleAddress };
        var lasting = options with { Keys = await ceph.RoleKeysAsync(seconds: 3600) };
        await using (var store = new S3ObjectStore(lasting, TimeProvider.System))
        {
            await store.PutAsync("a/b", Content, default);
        }

        var keys = await ceph.RoleKeysAsync(seconds: 1);
        await using var late = new S3ObjectStore(options with { Keys = keys }, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<DestinationException>(async () =>
        {
            while (true)
            {
                await late.PutAsync("a/b", Content, default);
            }
        });
        Assert.Contains(
            "writing a/b failed, because it is not allowed (403",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("the temporary credentials have expired", refusal.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.SessionToken!.Reveal(), $"{refusal}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task A_signature_of_another_time_is_refused_by_Ceph_for_the_clock(int minutes)
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        front.Rule = request =>
        {
            var signed = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
            request.Headers["X-Amz-Date"] = $"{signed:yyyyMMdd'T'HHmmss'Z'}";
            return null;
        };
        await RefusedAsync(
            options => options with { Endpoint = front.Address },
            "this machine's clock is wrong (403 RequestTimeTooSkewed",
            "Set it"
        );
    }

    [Fact]
    public Task A_service_that_is_not_there_is_said_to_be_unreachable() =>
        RefusedAsync(
            options => options with { Endpoint = new Uri("http://127.0.0.1:1") },
            "http://127.0.0.1:1 cannot be reached (Connection refused",
            "Check the address and the network"
        );

    [Theory]
    [InlineData(400, "ExpiredToken", "the temporary credentials have expired", "aws sso login")]
    [InlineData(400, "AuthorizationHeaderMalformed", "the bucket is not in the region mars-1", "?region=eu-west-1")]
    [InlineData(301, "PermanentRedirect", "the bucket is not in the region mars-1", "?region=eu-west-1")]
    [InlineData(503, "SlowDown", "the service asks to be spared", "Run again later")]
    [InlineData(500, "InternalError", "the service failed", "Run again later")]
    [InlineData(400, "KMS.DisabledException", "the key of the account cannot be used", "docs/destinations/s3.md")]
    [InlineData(507, "XMinioStorageFull", "the bucket is full", "Make room")]
    public async Task What_Ceph_cannot_be_brought_to_is_answered_in_its_place(
        int status,
        string code,
        string sentence,
        string hint
    )
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        front.Rule = _ => new S3Refusal(status, code, $"echoes {Ceph.AccessKey} and a-token-that-nobody-may-see");
        await RefusedAsync(
            options =>
                options with
                {
                    Endpoint = front.Address,
                    Region = "mars-1",
                    Keys = options.Keys! with { SessionToken = new Secret("a-token-that-nobody-may-see") },
                },
            sentence,
            hint
        );
    }

    [Theory]
    [InlineData(503, "SlowDown")]
    [InlineData(500, "InternalError")]
    [InlineData(400, "RequestTimeout")]
    public async Task What_may_pass_is_tried_again(int status, string code)
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        front.Fail(times: 1, new S3Refusal(status, code), request => request.Method == "PUT");
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = front.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("x", Content, default);
        Assert.Equal(1, (await store.ListAsync("", default).SingleAsync()).Length);
    }

    [Fact]
    public async Task No_body_comes_too_late_for_a_refusal_and_is_taken_for_the_next_request()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        var asked = new ConcurrentQueue<string>();
        front.Rule = request =>
        {
            asked.Enqueue($"{request.Method} {request.Headers.Expect}");
            return null;
        };
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = front.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("x", Content, default);
        Assert.Equal(["PUT "], asked);
    }

    [Fact]
    public async Task Bytes_that_change_on_their_way_are_refused()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        front.Body = (_, body) => body.Replace("\r\nx\r\n", "\r\ny\r\n", StringComparison.Ordinal);
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = front.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("x", Content, default));
        Assert.Empty(await ceph.KeysAsync(options.Prefix));
    }

    private async Task RefusedAsync(Func<S3StoreOptions, S3StoreOptions> change, string sentence, string hint)
    {
        var ceph = await service.GetAsync();
        var options = change(ceph.Options($"{Guid.NewGuid():n}"));
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("a/b", Content, default));
        var said = $"{store.Address}: writing a/b failed, because {sentence}";
        Assert.True(refusal.Message.StartsWith(said, StringComparison.Ordinal), refusal.Message);
        Assert.Contains(hint, refusal.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        string?[] secrets =
        [
            options.Keys!.SecretKey.Reveal(),
            options.Keys.AccessKey,
            options.Keys.SessionToken?.Reveal(),
        ];
        Assert.All(
            secrets.OfType<string>(),
            secret => Assert.DoesNotContain(secret, $"{refusal} {refusal.Hint}", StringComparison.Ordinal)
        );
    }
}
