using System.Security.Cryptography;
using Amazon.S3;
using Waveguide.S3;
using Waveguide.Storage;

namespace Waveguide.LiveTests.S3;

/// <summary>Uploads in parts, and how bytes are protected on their way and at rest.</summary>
public sealed class S3UploadTests(S3Service service)
{
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(40 << 20);

    [Fact]
    public async Task What_a_lost_connection_leaves_of_an_upload_is_removed_by_the_next_that_takes_the_lock()
    {
        var ceph = await service.GetAsync();
        await using var proxy = CuttingProxy.Start(ceph.Address);
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = proxy.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        using var client = ceph.Client();
        var foreign = await client.InitiateMultipartUploadAsync(Ceph.Bucket, $"{options.Prefix}/of another program");
        proxy.CutAfter(25 << 20, forGood: true);
        await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("cut", ObjectContent.Of(Large), default));
        Assert.Equal(2, (await ceph.UnfinishedAsync(options.Prefix)).Count);
        proxy.Heal();
        Assert.Empty(await store.ListAsync("", default).ToListAsync());
        await using (await store.LockAsync("waveguide sync", default))
        {
            Assert.Equal([foreign.UploadId], await ceph.UnfinishedAsync(options.Prefix));
        }

        Assert.Empty(await ceph.KeysAsync(options.Prefix));
        await client.AbortMultipartUploadAsync(Ceph.Bucket, foreign.Key, foreign.UploadId);
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_no_parts_behind()
    {
        var ceph = await service.GetAsync();
        var options = ceph.Options($"{Guid.NewGuid():n}");
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        var content = new ObjectContent(Large.Length, () => new MemoryStream(Large, 0, Large.Length - 1));
        var failure = await Assert.ThrowsAsync<DestinationException>(() => store.PutAsync("short", content, default));
        Assert.Contains(
            "its content ended after 41,943,039 of 41,943,040 bytes",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(await ceph.UnfinishedAsync(options.Prefix));
        Assert.Empty(await ceph.KeysAsync(options.Prefix));
    }

    [Fact]
    public async Task A_put_whose_answer_was_lost_knows_its_own_object()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = front.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        front.Lost = request => request.Method == "PUT";
        await using (await store.LockAsync("whoever hears no answer", default)) { }
        front.Lost = request => request.Method == "PUT";
        await store.PutAsync("small", ObjectContent.Of(new byte[3]), default);
        front.Lost = request => request.Method == "POST" && request.Query.ContainsKey("uploadId");
        await store.PutAsync("large", ObjectContent.Of(Large), default);
        await using var read = await store.OpenAsync("large", default);
        Assert.Equal(SHA256.HashData(Large), await SHA256.HashDataAsync(read!));
    }

    [Fact]
    public async Task A_read_goes_on_where_the_connection_broke()
    {
        var ceph = await service.GetAsync();
        await using var proxy = CuttingProxy.Start(ceph.Address);
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Endpoint = proxy.Address };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("large", ObjectContent.Of(Large), default);
        await using var read = await store.OpenAsync("large", default);
        proxy.CutAfter(30 << 20, forGood: false);
        Assert.Equal(SHA256.HashData(Large), await SHA256.HashDataAsync(read!));
        Assert.True(proxy.Cuts > 0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(40 << 20)]
    public async Task Objects_are_encrypted_with_the_key_that_was_named(int length)
    {
        var ceph = await service.GetAsync();
        var options = ceph.Options($"{Guid.NewGuid():n}") with { Encryption = S3Encryption.Kms, KmsKey = Ceph.KmsKey };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("secret", ObjectContent.Of(Large.AsMemory(0, length)), default);
        using var client = ceph.Client();
        var made = await client.GetObjectMetadataAsync(Ceph.Bucket, $"{options.Prefix}/secret");
        Assert.Equal(ServerSideEncryptionMethod.AWSKMS, made.ServerSideEncryptionMethod);
        Assert.Equal(Ceph.KmsKey, made.ServerSideEncryptionKeyManagementServiceKeyId);
        await using var read = await store.OpenAsync("secret", default);
        Assert.Equal(SHA256.HashData(Large.AsSpan(0, length)), await SHA256.HashDataAsync(read!));
    }

    [Fact]
    public async Task Encryption_with_keys_of_S3_is_asked_for_by_its_header()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.Address);
        var asked = string.Empty;
        front.Rule = request =>
        {
            asked = request.Headers["x-amz-server-side-encryption"].ToString();
            return null;
        };
        var options = ceph.Options($"{Guid.NewGuid():n}") with
        {
            Endpoint = front.Address,
            Encryption = S3Encryption.S3,
        };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("secret", ObjectContent.Of(new byte[1]), default);
        Assert.Equal("AES256", asked);
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_text_its_owner_demands()
    {
        var ceph = await service.GetAsync();
        await using var front = await Front.StartAsync(ceph.RoleAddress);
        var assumed = string.Empty;
        front.Body = (request, body) =>
        {
            assumed += request.Path == "/" && request.Method == "POST" ? body : string.Empty;
            return body;
        };
        var options = ceph.Options($"{Guid.NewGuid():n}") with
        {
            Endpoint = front.Address,
            Role = Ceph.Role,
            ExternalId = "of-the-owner",
        };
        await using var store = new S3ObjectStore(options, TimeProvider.System);
        await store.PutAsync("as the role", ObjectContent.Of(new byte[1]), default);
        Assert.Contains("ExternalId=of-the-owner", assumed, StringComparison.Ordinal);
        Assert.Equal([$"{options.Prefix}/as the role"], await ceph.KeysAsync(options.Prefix));
    }
}
