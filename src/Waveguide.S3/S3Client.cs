using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Waveguide.S3;

/// <summary>
/// The SDK's client for one bucket. Whatever it throws leaves as a sentence; an answer also tells what time it is at the
/// service.
/// </summary>
internal sealed class S3Client : IDisposable
{
    /// <summary>Of one request, and of a body that stands still; 16 MB in it need 1.1 Mbit/s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly S3StoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly AmazonS3Config _config;
    private readonly SemaphoreSlim _opening = new(1);
    private AmazonS3Client? _client;
    private S3Credentials? _credentials;
    private TimeSpan _ahead;

    /// <exception cref="ConfigurationException">The keys would travel unprotected.</exception>
    public S3Client(S3StoreOptions options, TimeProvider clock)
    {
        if (options.Endpoint is { Scheme: not "https", IsLoopback: false } endpoint)
        {
            throw new ConfigurationException($"the endpoint {endpoint} of {options.Address} must begin with https://.")
            {
                Hint = "Data and signatures travel with every request; plain http is for this machine only.",
            };
        }

        _options = options;
        _clock = clock;
        _config = Configure(options);
    }

    /// <summary>The time at the service, as its last answer told it.</summary>
    public DateTimeOffset ServiceTime => _clock.GetUtcNow() + _ahead;

    /// <param name="tried">Such as <c>writing events/x.parquet</c>.</param>
    /// <exception cref="DestinationException">The service, or the way to it, failed.</exception>
    public async Task<T> AskAsync<T>(
        string tried,
        Func<AmazonS3Client, CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ask(_client ?? await OpenAsync(cancellationToken), cancellationToken);
        }
        catch (Exception reason) when (S3Failure.IsOfService(reason) && !cancellationToken.IsCancellationRequested)
        {
            throw new S3Failure(_options, _credentials).Describe(tried, reason);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _opening.Dispose();
    }

    private async Task<AmazonS3Client> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_client is { } open)
            {
                return open;
            }

            _credentials = await S3Credentials.FindAsync(_options, _config);
            var client = new AmazonS3Client(_credentials, _config);
            client.AfterResponseEvent += (_, answer) => Note(answer);
            return _client = client;
        }
        finally
        {
            _opening.Release();
        }
    }

    private static AmazonS3Config Configure(S3StoreOptions options)
    {
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            Timeout = Patience,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ForcePathStyle = options.PathStyle,
        };
        if (!config.IsMaxErrorRetrySet)
        {
            config.MaxErrorRetry = 4;
        }

        if (options.Profile is { } profile)
        {
            config.Profile = new Profile(profile);
        }

        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.HttpClientFactory = new UnaskedBodies();
            config.AuthenticationRegion = options.Region ?? "us-east-1";
            // Others do not know Amazon's trailing checksums; every chunk of a body is signed for them instead.
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    private void Note(ResponseEventArgs answer)
    {
        if (
            answer is WebServiceResponseEventArgs { ResponseHeaders: { } headers }
            && headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var date)
        )
        {
            _ahead = date - _clock.GetUtcNow();
        }
    }
}
