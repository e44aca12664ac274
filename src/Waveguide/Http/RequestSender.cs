using System.Net.Sockets;
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
    /// <summary>Beyond them the wait is at its limit anyway, and further on it would not fit a time span.</summary>
    private const int MostDoublings = 20;

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
        var tries = new Tries(_options.Attempts);
        try
        {
            return await Retry(exchange, tries)
                .ExecuteAsync(
                    static async (state, token) => await state.Sender.AttemptAsync(state.Exchange, state.Tries, token),
                    (Sender: this, Exchange: exchange, Tries: tries),
                    cancellationToken
                );
        }
        catch (SourceException last) when (tries.Made > 1 && exchange.IsWorthRetrying(last) && !exchange.Counts(last))
        {
            throw new SourceException(
                last.Failure,
                $"{last.Message} It was tried {Times.Text(tries.Made)}.",
                last.InnerException
            )
            {
                Hint = last.Hint,
                RetryAfter = last.RetryAfter,
            };
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _http.Dispose();
    }

    private ResiliencePipeline Retry<T>(Exchange<T> exchange, Tries tries) =>
        new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = int.MaxValue,
                    ShouldHandle = new PredicateBuilder().Handle<SourceException>(failure =>
                        exchange.IsWorthRetrying(failure) && tries.Made < tries.Allowed
                    ),
                    DelayGenerator = attempt =>
                        ValueTask.FromResult<TimeSpan?>(Pause(attempt.AttemptNumber, attempt.Outcome.Exception)),
                    OnRetry = attempt =>
                    {
                        var failure = (SourceException)attempt.Outcome.Exception!;
                        _logger.Retrying(
                            failure.Failure == SourceFailure.Unreachable ? LogLevel.Debug : LogLevel.Warning,
                            failure.Message,
                            attempt.RetryDelay.TotalSeconds,
                            tries.Made + 1,
                            tries.Allowed
                        );
                        return default;
                    },
                }
            )
            .Build();

    private async Task<T> AttemptAsync<T>(Exchange<T> exchange, Tries tries, CancellationToken cancellationToken)
    {
        using var turn = exchange.Enter is { } enter ? await enter(cancellationToken) : null;
        await _gate.WaitAsync(cancellationToken);
        tries.Made++;
        try
        {
            using var request = exchange.Request();
            using var limit = new IdleLimit(_options.FirstByte, _clock, cancellationToken);
            try
            {
                return await AskAsync(exchange, request, limit, limit.Token);
            }
            catch (OperationCanceledException reason) when (limit.Ran(out var time))
            {
                throw TooSlow(exchange.Name, request, time, reason);
            }
            catch (Exception reason) when (IsUnreached(reason, cancellationToken))
            {
                tries.Unreached++;
                throw NoAnswer(SourceFailure.Unreachable, $"{exchange.Name}: no connection to", request, reason);
            }
            // .NET does not wrap the failure of a socket that was closed between its opening and its first use.
            catch (Exception reason) when (reason is HttpRequestException or IOException or SocketException)
            {
                throw NoAnswer(SourceFailure.Unavailable, $"{exchange.Name}: no whole answer from", request, reason);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<T> AskAsync<T>(
        Exchange<T> exchange,
        HttpRequestMessage request,
        IdleLimit limit,
        CancellationToken cancellationToken
    )
    {
        using var response = await _http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        _logger.Answered(exchange.Name, (int)response.StatusCode);
        limit.Restart(_options.Stall);
        return await exchange.Read(response, limit, cancellationToken);
    }

    private TimeSpan Pause(int failures, Exception? failure)
    {
        var asked = (failure as SourceException)?.RetryAfter;
        var grown =
            _options.BackOff * Math.Pow(2, Math.Min(failures, MostDoublings)) * (0.75 + (_random.NextDouble() / 2));
        var pause = asked is { } wish && wish > TimeSpan.Zero ? wish : grown;
        return pause < _options.LongestWait ? pause : _options.LongestWait;
    }

    /// <summary>Whether there was no connection at all. A time-out of connecting is no failure of HTTP to .NET.</summary>
    private static bool IsUnreached(Exception reason, CancellationToken cancellationToken) =>
        reason
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            }
        || (reason is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static SourceException TooSlow(string name, HttpRequestMessage request, TimeSpan time, Exception reason) =>
        new(
            SourceFailure.TooSlow,
            $"{name}: {request.RequestUri?.Authority} sent nothing for {time.TotalSeconds:N0} seconds.",
            reason
        )
        {
            Hint = "Run again later; archives are built before they are sent, which may take its time.",
        };

    private static SourceException NoAnswer(
        SourceFailure failure,
        string what,
        HttpRequestMessage request,
        Exception reason
    ) =>
        new(
            failure,
            $"{what} {request.RequestUri?.Authority} ({reason.GetBaseException().Message.TrimEnd('.')}).",
            reason
        )
        {
            Hint =
                "Check this machine's network and proxy, and the address if you set one (AMPLITUDE_URL, source.url).",
        };

    /// <summary>How often one exchange was tried, and may be.</summary>
    private sealed class Tries(int most)
    {
        /// <summary>An address that is wrong stays wrong: nobody should wait long to be told.</summary>
        private const int MostUnreached = 3;

        public int Made { get; set; }

        /// <summary>How many of them did not even find a connection.</summary>
        public int Unreached { get; set; }

        public int Allowed => Unreached == 0 ? most : Math.Min(most, Made - Unreached + MostUnreached);
    }
}
