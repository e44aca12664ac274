using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>Puts, reads and deletes single objects below the store's prefix.</summary>
internal sealed class S3Objects(S3Client client, S3StoreOptions options)
{
    /// <summary>Names the put that made an object, so that one whose answer was lost knows its own.</summary>
    public const string PutName = "x-amz-meta-waveguide-put";

    private readonly string _prefix = options.Prefix.Length == 0 ? string.Empty : $"{options.Prefix}/";

    /// <summary>A key as it is, of one in a list.</summary>
    public static string Decoded(string key, EncodingType? encoding) =>
        encoding == EncodingType.Url ? WebUtility.UrlDecode(key) : key;

    /// <summary>The key in the bucket.</summary>
    public string Whole(string key) => _prefix + key;

    /// <summary>The store's key, of one in the bucket.</summary>
    public string Own(string whole) => whole[_prefix.Length..];

    public Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
        SendAsync(
            new S3Part(key, content, 0, content.Length),
            (s3, body, token) => s3.PutObjectAsync(Request(key, body), token),
            cancellationToken
        );

    /// <returns>The ETag of the object that was made; null if the condition does not hold.</returns>
    public async Task<string?> TryPutAsync(
        string key,
        ObjectContent content,
        S3Condition condition,
        CancellationToken cancellationToken
    )
    {
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            var name = $"{Guid.NewGuid():n}";
            if (await PutOnceAsync(key, content, condition, name, cancellationToken) is { } eTag)
            {
                return eTag;
            }

            var there = await FindAsync(key, cancellationToken);
            if (there is not null || condition.ETag is not null || attempt == attempts)
            {
                return there?.Metadata[PutName] == name ? there.ETag : null;
            }
        }
    }

    /// <returns>The object, whose stream is the caller's to dispose; null if there is none.</returns>
    public Task<GetObjectResponse?> GetAsync(string key, ByteRange? range, string? eTag, CancellationToken token) =>
        client.AskAsync(
            $"reading {key}",
            async (s3, token) =>
            {
                try
                {
                    var request = new GetObjectRequest
                    {
                        BucketName = options.Bucket,
                        Key = Whole(key),
                        ByteRange = range,
                        EtagToMatch = eTag,
                    };
                    return await s3.GetObjectAsync(request, token);
                }
                catch (AmazonS3Exception reason) when (reason.ErrorCode == "NoSuchKey")
                {
                    return null;
                }
            },
            token
        );

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        client.AskAsync(
            $"deleting {key}",
            (s3, token) => s3.DeleteObjectAsync(options.Bucket, Whole(key), token),
            cancellationToken
        );

    public async IAsyncEnumerable<S3Object> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = options.Bucket,
            Prefix = Whole(prefix),
            // XML cannot hold every character that a key can.
            Encoding = EncodingType.Url,
        };
        do
        {
            var page = await client.AskAsync(
                $"listing {prefix}",
                (s3, token) => s3.ListObjectsV2Async(request, token),
                cancellationToken
            );
            foreach (var item in page.S3Objects ?? [])
            {
                item.Key = Decoded(item.Key, page.Encoding);
                yield return item;
            }

            request.ContinuationToken = page.NextContinuationToken;
        } while (request.ContinuationToken is not null);
    }

    /// <summary>Sends a part of a content, whose own failures are told apart from those of the way.</summary>
    public async Task<T> SendAsync<T>(
        S3Part part,
        Func<AmazonS3Client, Stream, CancellationToken, Task<T>> send,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var body = new PartStream(part.Content, part.Offset, part.Length, stop.Cancel);
        try
        {
            return await client.AskAsync($"writing {part.Key}", (s3, token) => send(s3, body, token), stop.Token);
        }
        catch (Exception) when (body.Fault is { } fault)
        {
            throw new DestinationException(
                $"{options.Address}: writing {part.Key} failed, because its source did ({fault.Message.TrimEnd('.')}).",
                fault
            );
        }
    }

    public async Task<GetObjectMetadataResponse?> FindAsync(string key, CancellationToken cancellationToken) =>
        await client.AskAsync(
            $"looking for {key}",
            async (s3, token) =>
            {
                try
                {
                    return await s3.GetObjectMetadataAsync(options.Bucket, Whole(key), token);
                }
                catch (AmazonS3Exception reason) when (reason.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellationToken
        );

    public DestinationException Broken(string key, string why, Exception? reason) =>
        new($"{options.Address}: reading {key} failed, because {why}.", reason) { Hint = "Run again." };

    private Task<string?> PutOnceAsync(
        string key,
        ObjectContent content,
        S3Condition condition,
        string name,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            new S3Part(key, content, 0, content.Length),
            async (s3, body, token) =>
            {
                var request = Request(key, body);
                request.IfMatch = condition.ETag;
                request.IfNoneMatch = condition.ETag is null ? "*" : null;
                request.Metadata[PutName] = name;
                try
                {
                    return (await s3.PutObjectAsync(request, token)).ETag;
                }
                catch (AmazonS3Exception reason)
                    when (reason.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict
                        || (reason.ErrorCode == "NoSuchKey" && condition.ETag is not null)
                    )
                {
                    return null;
                }
            },
            cancellationToken
        );

    private PutObjectRequest Request(string key, Stream body) =>
        new()
        {
            BucketName = options.Bucket,
            Key = Whole(key),
            InputStream = body,
            AutoCloseStream = false,
            ServerSideEncryptionMethod = options.EncryptionMethod,
            ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKey,
        };
}
