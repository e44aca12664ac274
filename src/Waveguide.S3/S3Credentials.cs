using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Waveguide.S3;

/// <summary>Who asks. Remembers what it gave last, so that it can be kept out of messages.</summary>
internal sealed class S3Credentials : AWSCredentials
{
    private readonly AWSCredentials _inner;
    private volatile ImmutableCredentials? _given;

    private S3Credentials(AWSCredentials inner) => _inner = inner;

    /// <summary>The given keys, or what the chain of the SDK finds; and a role on top of it.</summary>
    /// <exception cref="AmazonClientException">The chain finds nothing.</exception>
    public static async Task<S3Credentials> FindAsync(S3StoreOptions options, AmazonS3Config config)
    {
        var own = options.Keys switch
        {
            null => await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config),
            { SessionToken: null } keys => new BasicAWSCredentials(keys.AccessKey, keys.SecretKey.Reveal()),
            { SessionToken: { } token } keys => new SessionAWSCredentials(
                keys.AccessKey,
                keys.SecretKey.Reveal(),
                token.Reveal()
            ),
        };
        return new S3Credentials(options.Role is null ? own : new Assumed(own, options, config));
    }

    /// <summary>Whether what was given last ends by itself.</summary>
    public bool AreTemporary => _given is { UseToken: true };

    public override ImmutableCredentials GetCredentials() => _given = _inner.GetCredentials();

    public override async Task<ImmutableCredentials> GetCredentialsAsync() =>
        _given = await _inner.GetCredentialsAsync();

    /// <summary>The text without keys and tokens.</summary>
    public string Hide(string text)
    {
        foreach (var secret in new[] { _given?.SecretKey, _given?.Token, _given?.AccessKey })
        {
            text = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A role's keys, asked for again before they expire. The SDK's own cannot ask another endpoint.</summary>
    private sealed class Assumed(AWSCredentials own, S3StoreOptions options, AmazonS3Config config)
        : RefreshingAWSCredentials
    {
        private const int DurationSeconds = 3600;

        protected override CredentialsRefreshState GenerateNewCredentials() =>
            GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            var service = new AmazonSecurityTokenServiceConfig { RetryMode = config.RetryMode };
            if (options.Endpoint is { } endpoint)
            {
                service.ServiceURL = endpoint.ToString();
                service.AuthenticationRegion = config.AuthenticationRegion;
            }
            else
            {
                service.RegionEndpoint = config.RegionEndpoint ?? RegionEndpoint.USEast1;
            }

            using var client = new AmazonSecurityTokenServiceClient(own, service);
            var answer = await client.AssumeRoleAsync(
                new AssumeRoleRequest
                {
                    RoleArn = options.Role,
                    RoleSessionName = "waveguide",
                    ExternalId = options.ExternalId,
                    DurationSeconds = DurationSeconds,
                }
            );
            return new CredentialsRefreshState(
                answer.Credentials.GetCredentials(),
                answer.Credentials.Expiration!.Value.ToUniversalTime()
            );
        }
    }
}
