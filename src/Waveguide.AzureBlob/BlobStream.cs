using System.Net;
using Waveguide.Storage;

namespace Waveguide.AzureBlob;

/// <summary>A blob's bytes, of the version that the first answer named.</summary>
internal sealed class BlobStream(BlobSender sender, BlobRequest request, HttpResponseMessage answer, TimeProvider clock)
    : ResumedStream(answer.Content.ReadAsStream(), answer.Content.Headers.ContentLength ?? 0, sender.Stall, clock)
{
    private readonly string _version = answer.Headers.ETag?.ToString() ?? string.Empty;

    protected override async Task<Stream> OpenRestAsync(long from, CancellationToken cancellationToken)
    {
        var rest = await sender.SendAsync(
            request with
            {
                Headers = [("x-ms-range", $"bytes={from}-"), ("If-Match", _version)],
                Answers = ["BlobNotFound", "ConditionNotMet"],
            },
            cancellationToken
        );
        if (rest.StatusCode == HttpStatusCode.PartialContent)
        {
            return await rest.Content.ReadAsStreamAsync(cancellationToken);
        }

        rest.Dispose();
        throw new DestinationException($"{request.What}: it was replaced or deleted on the way.")
        {
            Hint = "Run again, when no other process writes there.",
        };
    }

    protected override DestinationException Broken(Exception reason, int breaks) =>
        sender.Broken(request, reason).ToException(breaks);
}
