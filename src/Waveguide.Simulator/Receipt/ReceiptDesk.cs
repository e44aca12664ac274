using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Http;

namespace Waveguide.Simulator.Receipt;

/// <summary>The hosts that clients send to: from a request to its endpoint. Pages of any site may upload.</summary>
internal sealed class ReceiptDesk
{
    private readonly UploadEndpoint _upload;
    private readonly IdentifyEndpoint _identify;

    public ReceiptDesk(SimulatorOptions options)
    {
        var recipients = new Recipients(options);
        _upload = new UploadEndpoint(options, recipients);
        _identify = new IdentifyEndpoint(recipients);
    }

    /// <summary>Whether a request is for these hosts: all that is posted, or about to be, outside of the other APIs.</summary>
    public static bool Takes(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method) || HttpMethods.IsOptions(request.Method))
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);

    public Task AnswerAsync(HttpContext context, SimulatedRegion region, CancellationToken cancellationToken)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            Preflight(context);
            return Task.CompletedTask;
        }

        return context.Request.Path.Value switch
        {
            UploadEndpoint.HttpApi or UploadEndpoint.Batch => _upload.AnswerAsync(context, region, cancellationToken),
            IdentifyEndpoint.Users or IdentifyEndpoint.Groups => _identify.AnswerAsync(
                context,
                region,
                cancellationToken
            ),
            _ => Answers.JsonAsync(
                context,
                400,
                UploadReply.Bad("Invalid request path").Body.ToJsonString(),
                cancellationToken
            ),
        };
    }

    /// <summary>What a browser asks before it sends.</summary>
    private static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
