using Amazon.S3.Model;
using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>An object's bytes, of the version that the first answer named.</summary>
internal sealed class S3ObjectStream(S3Objects objects, string key, GetObjectResponse answer, TimeProvider clock)
    : ResumedStream(answer.ResponseStream, answer.ContentLength, S3Client.Patience, clock)
{
    private readonly string _eTag = answer.ETag;

    protected override async Task<Stream> OpenRestAsync(long from, CancellationToken cancellationToken)
    {
        var rest = new ByteRange(from, Length - 1);
        var more = await objects.GetAsync(key, rest, _eTag, cancellationToken);
        return more?.ResponseStream ?? throw objects.Broken(key, "it was deleted meanwhile", reason: null);
    }

    protected override DestinationException Broken(Exception reason, int breaks) =>
        objects.Broken(
            key,
            reason is OperationCanceledException
                ? $"nothing came for {S3Client.Patience.TotalMinutes:0} minutes, again and again"
                : $"the connection broke again and again ({reason.Message.TrimEnd('.')})",
            reason
        );
}
