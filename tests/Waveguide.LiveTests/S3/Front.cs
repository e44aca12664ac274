using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Waveguide.LiveTests.S3;

/// <summary>Stands before an S3 server: answers some requests itself, as it is told, and passes the others on.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly WebApplication _application;
    private readonly Uri _target;

    private Front(WebApplication application, Uri target)
    {
        _application = application;
        _target = target;
    }

    public Uri Address => new(_application.Urls.Single());

    /// <summary>Says how a request is answered; null: as the server does.</summary>
    public Func<HttpRequest, S3Refusal?> Rule { get; set; } = _ => null;

    /// <summary>Sees the body of a request and may change it, a character for each byte; null: bodies pass unseen.</summary>
    public Func<HttpRequest, string, string>? Body { get; set; }

    /// <summary>Of the next such request the server's answer never arrives.</summary>
    public Func<HttpRequest, bool>? Lost { get; set; }

    public static async Task<Front> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var front = new Front(builder.Build(), target);
        front._application.Run(front.AnswerAsync);
        await front._application.StartAsync();
        return front;
    }

    /// <summary>Fails the next requests that are of this kind.</summary>
    public void Fail(int times, S3Refusal refusal, Func<HttpRequest, bool> which)
    {
        var left = times;
        Rule = request => which(request) && Interlocked.Decrement(ref left) >= 0 ? refusal : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Rule(context.Request) is { } refusal)
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = refusal.Status;
            context.Response.Headers.ETag = "\"0123456789abcdef\"";
            await context.Response.WriteAsync(
                $"<Error><Code>{refusal.Code}</Code><Message>{refusal.Message}</Message></Error>"
            );
            return;
        }

        using var request = Copy(context.Request);
        request.Content = await ContentAsync(context.Request, request.Content);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (Lost?.Invoke(context.Request) == true)
        {
            Lost = null;
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name != "Transfer-Encoding")
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private async Task<HttpContent?> ContentAsync(HttpRequest request, HttpContent? content)
    {
        if (content is null || Body is null)
        {
            return content;
        }

        var text = Encoding.Latin1.GetString(await content.ReadAsByteArrayAsync());
        var changed = new ByteArrayContent(Encoding.Latin1.GetBytes(Body(request, text)));
        foreach (var (name, values) in content.Headers)
        {
            changed.Headers.TryAddWithoutValidation(name, values);
        }

        return changed;
    }

    private HttpRequestMessage Copy(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var copy = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri(
                $"{_target.GetLeftPart(UriPartial.Authority)}{target}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        );
        if (request.ContentLength is not null)
        {
            copy.Content = new StreamContent(request.Body);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (name != "Expect" && !copy.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                copy.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return copy;
    }
}
