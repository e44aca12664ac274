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
    private readonly HttpClient http;
    private readonly SendOptions options;
    private readonly TimeProvider clock;
    private readonly Random random;
    private readonly ILogger logger;
    private readonly SemaphoreSlim gate;

    public RequestSender(HttpClient http, SendOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        this.http = http;
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.logger = logger;
        gate = new SemaphoreSlim(options.Concurrency);
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
        var retry = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = Math.Max(1, options.Attempts - 1),
                    ShouldHandle = new PredicateBuilder().Handle<SourceException>(failure =>
                        options.Attempts > 1 && exchange.IsWorthRetrying(failure)
                    ),
                    DelayGenerator = attempt =>
                        ValueTask.FromResult<TimeSpan?>(Pause(attempt.AttemptNumber, attempt.Outcome.Exception)),
                    OnRetry = attempt =>
                    {
                        logger.Retrying(
                            attempt.Outcome.Exception!.Message,
                            attempt.RetryDelay.TotalSeconds,
                            attempt.AttemptNumber + 2,
                            options.Attempts
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
        gate.Dispose();
        http.Dispose();
    }

    private async Task<T> AttemptAsync<T>(Exchange<T> exchange, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            using var request = exchange.Request();
            using var limit = new IdleLimit(options.FirstByte, clock, cancellationToken);
            try
            {
                using var response = await http.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    limit.Token
                );
                logger.Answered(exchange.Name, (int)response.StatusCode);
                limit.Restart(options.Stall);
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
            gate.Release();
        }
    }

    private TimeSpan Pause(int failures, Exception? failure)
    {
        var asked = (failure as SourceException)?.RetryAfter;
        var grown = options.BackOff * Math.Pow(2, failures) * (0.75 + (random.NextDouble() / 2));
        var pause = asked is { } wish && wish > TimeSpan.Zero ? wish : grown;
        return pause < options.LongestWait ? pause : options.LongestWait;
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
