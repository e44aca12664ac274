using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator.Http;

/// <summary>Answers other than an archive.</summary>
internal static class Answers
{
    private const string Json = "application/json";
    private const string Text = "text/plain; charset=utf-8";
    private const string Html = "text/html; charset=UTF-8";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task RefusedAsync(HttpContext context, RefusalStyle style, CancellationToken cancellationToken) =>
        style switch
        {
            RefusalStyle.Text => SendAsync(context, 403, Text, "Invalid API Key", cancellationToken),
            RefusalStyle.Html => SendAsync(
                context,
                403,
                Html,
                "<html><title>403: Forbidden</title><body>403: Forbidden</body></html>",
                cancellationToken
            ),
            RefusalStyle.Unauthorized => SendAsync(context, 401, Text, "Unauthorized", cancellationToken),
            _ => SendAsync(context, 403, Json, Error(403, "Invalid API/Secret Key combination"), cancellationToken),
        };

    public static Task NoDataAsync(HttpContext context, CancellationToken cancellationToken) =>
        TextAsync(context, 404, "Raw data files were not found.", cancellationToken);

    /// <summary>A 400; the wording of the details is ours, Amplitude's is not known.</summary>
    public static Task BadAsync(HttpContext context, string details, CancellationToken cancellationToken) =>
        SendAsync(context, 400, Json, Error(400, details), cancellationToken);

    public static Task TooManyAsync(
        HttpContext context,
        int limit,
        int? retryAfter,
        CancellationToken cancellationToken
    )
    {
        SetRetryAfter(context, retryAfter);
        return TextAsync(context, 429, $"Too many requests: more than {limit} at the same time", cancellationToken);
    }

    public static Task FaultAsync(HttpContext context, FaultRule rule, CancellationToken cancellationToken)
    {
        var status = rule.Status ?? 503;
        SetRetryAfter(context, rule.RetryAfter);
        return status switch
        {
            _ when rule.Text is not null => TextAsync(context, status, rule.Text, cancellationToken),
            403 => RefusedAsync(context, RefusalStyle.Json, cancellationToken),
            404 => NoDataAsync(context, cancellationToken),
            _ => SendAsync(context, status, Html, Page(status), cancellationToken),
        };
    }

    public static Task JsonAsync(HttpContext context, string body, CancellationToken cancellationToken) =>
        JsonAsync(context, 200, body, cancellationToken);

    public static Task JsonAsync(HttpContext context, int status, string body, CancellationToken cancellationToken) =>
        SendAsync(context, status, Json, body, cancellationToken);

    public static Task FaultAsync(HttpContext context, RestFault fault, CancellationToken cancellationToken)
    {
        SetRetryAfter(context, fault.RetryAfter);
        return TextAsync(context, fault.Status, fault.Text, cancellationToken);
    }

    public static Task TextAsync(HttpContext context, int status, string body, CancellationToken cancellationToken) =>
        SendAsync(context, status, Text, body, cancellationToken);

    private static async Task SendAsync(
        HttpContext context,
        int status,
        string type,
        string body,
        CancellationToken cancellationToken
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Features.Get<Lease>()?.Dispose();
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    private static void SetRetryAfter(HttpContext context, int? seconds)
    {
        if (seconds is not null)
        {
            context.Response.Headers.RetryAfter = seconds.Value.ToString();
        }
    }

    private static string Error(int status, string details) =>
        JsonSerializer.Serialize(
            new
            {
                error = new
                {
                    http_code = status,
                    type = "unspecified",
                    message = "Unspecified Error",
                    metadata = new { details },
                },
            },
            Plain
        );

    private static string Page(int status)
    {
        var title = $"{status}: {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}";
        return $"<html><title>{title}</title><body>{title}</body></html>";
    }
}
