using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Waveguide.Http;

namespace Waveguide.AzureBlob;

/// <summary>
/// Asks the blob service, and again with growing pauses when an attempt fails in a way that may pass. Safe for
/// concurrent use.
/// </summary>
internal sealed class BlobSender : IDisposable
{
    /// <summary>From 2021-02-12 on, names that XML cannot hold are percent-encoded in listings.</summary>
    private const string Version = "2021-12-02";

    /// <summary>An address that is wrong stays wrong: nobody should wait long to be told.</summary>
    private const int MostUnreached = 3;

    private readonly HttpClient _http = CreateClient();
    private readonly BlobPlace _place;
    private readonly BlobCredential _credential;
    private readonly SendOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<Outcome> _retry;

    public BlobSender(
        BlobPlace place,
        BlobCredential credential,
        SendOptions options,
        TimeProvider clock,
        ILogger logger
    )
    {
        _place = place;
        _credential = credential;
        _options = options;
        _clock = clock;
        _logger = logger;
        _retry = Retry();
    }

    /// <summary>How long a body may stand still.</summary>
    public TimeSpan Stall => _options.Stall;

    /// <returns>A success, or one of the request's own answers; its body is still to be read.</returns>
    /// <exception cref="DestinationException">The last attempt's failure, or the first that is not worth another.</exception>
    public async Task<HttpResponseMessage> SendAsync(BlobRequest request, CancellationToken cancellationToken)
    {
        var tries = 0;
        var outcome = await _retry.ExecuteAsync(
            async token =>
            {
                tries++;
                return await AttemptAsync(request, token);
            },
            cancellationToken
        );
        return outcome.Response ?? throw outcome.Failure!.ToException(tries);
    }

    /// <summary>What became of a body that broke off, or stood still.</summary>
    public BlobFailure Broken(BlobRequest request, Exception reason) =>
        reason is OperationCanceledException
            ? BlobFailure.OfSilence(About(request), request.Target.Authority, Stall)
            : BlobFailure.OfNoAnswer(About(request), request.Target.Authority, reason);

    public void Dispose()
    {
        _http.Dispose();
        _credential.Dispose();
    }

    private static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(30),
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private ResiliencePipeline<Outcome> Retry() =>
        new ResiliencePipelineBuilder<Outcome> { TimeProvider = _clock }
            .AddRetry(
                new RetryStrategyOptions<Outcome>
                {
                    MaxRetryAttempts = Math.Max(1, _options.Attempts - 1),
                    ShouldHandle = attempt =>
                        ValueTask.FromResult(
                            attempt.Outcome.Result?.Failure is { IsTransient: true } failure
                                && attempt.AttemptNumber + 1 < (failure.IsUnreached ? MostUnreached : _options.Attempts)
                        ),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = _options.BackOff,
                    MaxDelay = _options.LongestWait,
                    DelayGenerator = attempt => ValueTask.FromResult(Wish(attempt.Outcome.Result?.Failure)),
                    OnRetry = attempt =>
                    {
                        var failure = attempt.Outcome.Result!.Failure!;
                        _logger.Retrying(
                            failure.Message,
                            attempt.RetryDelay.TotalSeconds,
                            attempt.AttemptNumber + 2,
                            _options.Attempts
                        );
                        return default;
                    },
                }
            )
            .Build();

    /// <returns>Null: as long as the growing pauses say.</returns>
    private TimeSpan? Wish(BlobFailure? failure) =>
        failure?.RetryAfter is { } wish && wish > TimeSpan.Zero
            ? TimeSpan.FromTicks(Math.Min(wish.Ticks, _options.LongestWait.Ticks))
            : null;

    private async Task<Outcome> AttemptAsync(BlobRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.FirstByte, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = await MessageAsync(request, cancellationToken);
        try
        {
            var until = request.ReadsWhole
                ? HttpCompletionOption.ResponseContentRead
                : HttpCompletionOption.ResponseHeadersRead;
            return Judge(request, await _http.SendAsync(message, until, both.Token));
        }
        catch (OperationCanceledException)
            when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Outcome(
                null,
                BlobFailure.OfSilence(About(request), request.Target.Authority, _options.FirstByte)
            );
        }
        catch (Exception reason)
            // .NET does not wrap the failure of a socket that was closed between its opening and its first use.
            when (reason is HttpRequestException or IOException or SocketException
                || (reason is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new Outcome(null, BlobFailure.OfNoAnswer(About(request), request.Target.Authority, reason));
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(BlobRequest request, CancellationToken cancellationToken)
    {
        var message = request.ToMessage();
        message.Headers.TryAddWithoutValidation("x-ms-version", Version);
        message.Headers.TryAddWithoutValidation("x-ms-date", $"{_clock.GetUtcNow():R}");
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Waveguide", ToolVersion.Text));
        await _credential.SignAsync(message, cancellationToken);
        return message;
    }

    private Outcome Judge(BlobRequest request, HttpResponseMessage response)
    {
        _logger.Answered(request.What, (int)response.StatusCode);
        if (
            response.IsSuccessStatusCode
            || request.Answers.Contains(BlobFailure.CodeOf(response), StringComparer.Ordinal)
        )
        {
            return new Outcome(response, null);
        }

        using (response)
        {
            return new Outcome(null, BlobFailure.OfAnswer(About(request), response));
        }
    }

    private BlobQuestion About(BlobRequest request) => new(request.What, _place, _credential, _clock.GetUtcNow());

    /// <summary>One of them is null.</summary>
    private sealed record Outcome(HttpResponseMessage? Response, BlobFailure? Failure);
}
