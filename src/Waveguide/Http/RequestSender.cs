using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Waveguide.Diagnostics;

namespace Waveguide.Http;

/// <summary>
/// Sends requests to one service: never more at once than allowed, and again with growing pauses when an attempt fails
/// in a way that may pass. Safe for concurrent use.
/// </summary>
internal sealed class RequestSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly SendOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate;

    public RequestSender(HttpClient http, SendOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        _http = http;
        _options = options;
        _clock = clock;
        _random = random;
        _logger = logger;
        _gate = new SemaphoreSlim(options.Concurrency);
    }

    /// <summary>A client that follows no redirect, keeps no cookie and leaves all time limits to the sender.</summary>
    public static HttpClient CreateClient() =>
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

    /// <param name="exchange">What is asked and how an answer is read.</param>
    /// <exception cref="SourceException">The last attempt's failure, or the first that is not worth another.</exception>
    public async Task<T> SendAsync<T>(Exchange<T> exchange, CancellationToken cancellationToken)
    {
        var retry = new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = Math.Max(1, _options.Attempts - 1),
                    ShouldHandle = new PredicateBuilder().Handle<SourceException>(failure =>
                        _options.Attempts > 1 && exchange.IsWorthRetrying(failure)
                    ),
                    DelayGenerator = attempt =>
                        ValueTask.FromResult<TimeSpan?>(Pause(attempt.AttemptNumber, attempt.Outcome.Exception)),
                    OnRetry = attempt =>
                    {
                        _logger.Retrying(
                            attempt.Outcome.Exception!.Message,
                            attempt.RetryDelay.TotalSeconds,
                            attempt.AttemptNumber + 2,
                            _options.Attempts
                        );
                        return default;
                    },
                }
            )
            .Build();
        return await retry.ExecuteAsync(
            static async (state, token) => await state.Sender.AttemptAsync(state.Exchange, token),
            (Sender: this, Exchange: exchange),
            cancellationToken
        );
    }

    public void Dispose()
    {
        _gate.Dispose();
        _http.Dispose();
    }

    private async Task<T> AttemptAsync<T>(Exchange<T> exchange, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var request = exchange.Request();
            using var limit = new IdleLimit(_options.FirstByte, _clock, cancellationToken);
            try
            {
                using var response = await _http.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    limit.Token
                );
                _logger.Answered(exchange.Name, (int)response.StatusCode);
                limit.Restart(_options.Stall);
                return await exchange.Read(response, limit, limit.Token);
            }
            catch (OperationCanceledException reason) when (limit.Ran(out var time))
            {
                throw TooSlow(exchange.Name, request, time, reason);
            }
            catch (Exception reason) when (reason is HttpRequestException or IOException)
            {
                throw NoAnswer(exchange.Name, request, reason);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private TimeSpan Pause(int failures, Exception? failure)
    {
        var asked = (failure as SourceException)?.RetryAfter;
        var grown = _options.BackOff * Math.Pow(2, failures) * (0.75 + (_random.NextDouble() / 2));
        var pause = asked is { } wish && wish > TimeSpan.Zero ? wish : grown;
        return pause < _options.LongestWait ? pause : _options.LongestWait;
    }

    private static SourceException TooSlow(string name, HttpRequestMessage request, TimeSpan time, Exception reason) =>
        new(
            SourceFailure.TooSlow,
            $"{name}: {request.RequestUri?.Host} sent nothing for {time.TotalSeconds:N0} seconds.",
            reason
        );

    private static SourceException NoAnswer(string name, HttpRequestMessage request, Exception reason)
    {
        var innermost = reason.GetBaseException().Message;
        return new SourceException(
            SourceFailure.Unavailable,
            $"{name}: no whole answer from {request.RequestUri?.Authority} ({innermost.TrimEnd('.')}).",
            reason
        )
        {
            Hint =
                "Check this machine's network and proxy, and the address if you set one (AMPLITUDE_URL, source.url).",
        };
    }
}
