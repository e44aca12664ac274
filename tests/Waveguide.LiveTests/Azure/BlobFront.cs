using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Waveguide.LiveTests.Azure;

/// <summary>An HTTP server before a blob service, which passes requests on as a test wants it.</summary>
internal sealed class BlobFront : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly WebApplication _server;
    private readonly Uri _target;

    private BlobFront(Uri target, Func<HttpContext, BlobFront, Task> answer)
    {
        _target = target;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Limits.MaxRequestBodySize = null;
            });
        _server = builder.Build();
        _server.Run(context => answer(context, this));
    }

    /// <summary>Where the account is behind this server.</summary>
    public Uri Address => new($"{_server.Urls.First()}{_target.AbsolutePath}");

    /// <param name="target">The account's blob service.</param>
    /// <param name="answer">Answers each request; <see cref="PassAsync"/> asks the service.</param>
    public static async Task<BlobFront> StartAsync(Uri target, Func<HttpContext, BlobFront, Task> answer)
    {
        var front = new BlobFront(target, answer);
        await front._server.StartAsync();
        return front;
    }

    /// <summary>Refuses a request as Azure does.</summary>
    public static async Task RefuseAsync(HttpContext context, int status, string code)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.Headers["x-ms-request-id"] = "request-of-the-front";
    }

    /// <summary>Asks the service and gives its answer.</summary>
    /// <param name="moreQuery">Put at the end of the address.</param>
    public async Task PassAsync(HttpContext context, string moreQuery = "")
    {
        using var answer = await AskAsync(context, moreQuery);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (context.Request.Method != "HEAD")
        {
            await answer.Content.CopyToAsync(context.Response.Body);
        }
    }

    /// <summary>Asks the service, whose answer nobody gets.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpContext context, string moreQuery = "")
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget + moreQuery;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, target));
        if (context.Request.ContentLength is not null)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers)
        {
            if (
                name is not ("Host" or "Connection")
                && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())
            )
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }
}
