using Amazon.S3;
using Amazon.S3.Model;
using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>
/// Objects too large for one request: several parts at once, then one request that makes them an object. Until then
/// they are stored and paid for, but nobody sees them; so a note beside the data says that they may be there, and whoever
/// takes the lock next removes them.
/// </summary>
internal sealed class S3Uploads(S3Client client, S3Objects objects, S3StoreOptions options, TimeProvider clock)
{
    /// <summary>Bytes of a part, and of the largest object that is sent in one request.</summary>
    public const long PartSize = 16 << 20;

    /// <summary>Amazon S3, multipart upload limits.</summary>
    private const int MostParts = 10_000;

    private const int PartsAtOnce = 4;

    /// <summary>Where the notes are; below it, each has the key of its object.</summary>
    private const string Notes = S3ObjectStore.Aside + "uploads/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task PutAsync(string key, ObjectContent content, CancellationToken cancellationToken)
    {
        await objects.PutAsync(Notes + key, ObjectContent.Of(default), cancellationToken);
        var name = $"{Guid.NewGuid():n}";
        var id = await BeginAsync(key, name, cancellationToken);
        try
        {
            var parts = await SendAsync(key, content, id, cancellationToken);
            var completed = await CompleteAsync(key, id, parts, cancellationToken);
            if (!completed && (await objects.FindAsync(key, cancellationToken))?.Metadata[S3Objects.PutName] != name)
            {
                throw new DestinationException($"{options.Address}: writing {key} failed: its parts were removed.")
                {
                    Hint = "Look for whoever removes unfinished uploads from the bucket, and run again.",
                };
            }
        }
        catch
        {
            await LeaveAsync(key, id);
            throw;
        }

        await objects.DeleteAsync(Notes + key, cancellationToken);
    }

    /// <summary>Removes the parts of uploads that never came to their end. For the holder of the lock.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var note in objects.ListAsync(Notes, cancellationToken))
        {
            var noteKey = objects.Own(note.Key);
            var whole = objects.Whole(noteKey[Notes.Length..]);
            foreach (var upload in await UnfinishedAsync(whole, cancellationToken))
            {
                await AbortAsync(whole, upload, cancellationToken);
            }

            await objects.DeleteAsync(noteKey, cancellationToken);
        }
    }

    private async Task<string> BeginAsync(string key, string name, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = objects.Whole(key),
            ServerSideEncryptionMethod = options.EncryptionMethod,
            ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKey,
        };
        request.Metadata[S3Objects.PutName] = name;
        var begun = await client.AskAsync(
            $"writing {key}",
            (s3, token) => s3.InitiateMultipartUploadAsync(request, token),
            cancellationToken
        );
        return begun.UploadId;
    }

    private async Task<List<PartETag>> SendAsync(
        string key,
        ObjectContent content,
        string id,
        CancellationToken cancellationToken
    )
    {
        var size = Math.Max(PartSize, (content.Length + MostParts - 1) / MostParts);
        var parts = new PartETag[(content.Length + size - 1) / size];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, parts.Length),
            new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                var offset = index * size;
                var part = new S3Part(key, content, offset, Math.Min(size, content.Length - offset));
                parts[index] = await SendAsync(part, index + 1, id, token);
            }
        );
        return [.. parts];
    }

    private async Task<PartETag> SendAsync(S3Part part, int number, string id, CancellationToken cancellationToken)
    {
        var answer = await objects.SendAsync(
            part,
            (s3, body, token) =>
                s3.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = options.Bucket,
                        Key = objects.Whole(part.Key),
                        UploadId = id,
                        PartNumber = number,
                        PartSize = part.Length,
                        InputStream = body,
                    },
                    token
                ),
            cancellationToken
        );
        return new PartETag(answer);
    }

    /// <returns>False if there is no such upload, such as when an earlier answer was lost.</returns>
    private Task<bool> CompleteAsync(
        string key,
        string id,
        List<PartETag> parts,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            $"writing {key}",
            (s3, token) =>
                s3.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest
                    {
                        BucketName = options.Bucket,
                        Key = objects.Whole(key),
                        UploadId = id,
                        PartETags = parts,
                    },
                    token
                ),
            cancellationToken
        );

    /// <summary>Leaves nothing behind, or else the note.</summary>
    private async Task LeaveAsync(string key, string id)
    {
        using var enough = new CancellationTokenSource(Patience, clock);
        try
        {
            await AbortAsync(objects.Whole(key), id, enough.Token);
            await objects.DeleteAsync(Notes + key, enough.Token);
        }
        catch (Exception reason) when (reason is DestinationException or OperationCanceledException)
        {
            // What went wrong before is told; the note is there for the next holder of the lock.
        }
    }

    private Task<bool> AbortAsync(string whole, string id, CancellationToken cancellationToken) =>
        EndAsync(
            $"removing an unfinished upload of {objects.Own(whole)}",
            (s3, token) => s3.AbortMultipartUploadAsync(options.Bucket, whole, id, token),
            cancellationToken
        );

    private Task<bool> EndAsync(
        string tried,
        Func<AmazonS3Client, CancellationToken, Task> end,
        CancellationToken cancellationToken
    ) =>
        client.AskAsync(
            tried,
            async (s3, token) =>
            {
                try
                {
                    await end(s3, token);
                    return true;
                }
                catch (AmazonS3Exception reason) when (reason.ErrorCode == "NoSuchUpload")
                {
                    return false;
                }
            },
            cancellationToken
        );

    private async Task<List<string>> UnfinishedAsync(string whole, CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest
        {
            BucketName = options.Bucket,
            Prefix = whole,
            Encoding = EncodingType.Url,
        };
        var found = new List<string>();
        ListMultipartUploadsResponse page;
        do
        {
            page = await client.AskAsync(
                "listing unfinished uploads",
                (s3, token) => s3.ListMultipartUploadsAsync(request, token),
                cancellationToken
            );
            found.AddRange(
                (page.MultipartUploads ?? [])
                    .Where(upload => S3Objects.Decoded(upload.Key, page.EncodingType) == whole)
                    .Select(upload => upload.UploadId)
            );
            request.KeyMarker = S3Objects.Decoded(page.NextKeyMarker ?? string.Empty, page.EncodingType);
            request.UploadIdMarker = page.NextUploadIdMarker;
        } while (page.IsTruncated == true);

        return found;
    }
}
