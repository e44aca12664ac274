using Waveguide.Cli.Configuration;
using Waveguide.Diagnostics;
using Waveguide.S3;
using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary><c>s3://bucket/prefix</c></summary>
internal sealed class S3Scheme : LakeScheme
{
    private const string AccessKey = "AWS_ACCESS_KEY_ID";
    private const string SecretKey = "AWS_SECRET_ACCESS_KEY";
    private const string OldAccessKey = "AWS_ACCESS_KEY";
    private const string OldSecretKey = "AWS_SECRET_KEY";
    private const string Bucket = "AWS_BUCKET";

    private static readonly string[] EndpointVariables = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];

    public override string Name => "s3";

    public override string Example => "s3://bucket/prefix";

    protected override IReadOnlyList<Setting> StoreOptions =>
        [
            DestinationSettings.Endpoint,
            DestinationSettings.Region,
            DestinationSettings.PathStyle,
            DestinationSettings.Encryption,
            DestinationSettings.KmsKey,
            DestinationSettings.Role,
            DestinationSettings.ExternalId,
            DestinationSettings.Profile,
        ];

    public override DestinationPlace Place(DestinationRequest request)
    {
        var options = Read(request);
        var hasKeys = request.Variable(AccessKey) is not null && request.Variable(SecretKey) is not null;
        if (options.Keys is not null && !hasKeys)
        {
            request.Host.Note(
                $"{OldAccessKey} and {OldSecretKey} are used. Every tool of AWS knows {AccessKey} and {SecretKey}: use those names."
            );
        }

        if (NamesNoBucket(request))
        {
            request.Host.Note(
                $"The bucket of {Bucket} is used, which no other tool of AWS knows: write s3://{options.Bucket}/{options.Prefix}."
            );
        }

        return base.Place(request);
    }

    /// <summary>The bucket and how it is reached, from the address, its options and the environment.</summary>
    /// <exception cref="ConfigurationException">They cannot be used, or not together.</exception>
    public static S3StoreOptions Read(DestinationRequest request)
    {
        var (bucket, prefix) = Split(request);
        var keys = request.Find(DestinationSettings.Profile) is null ? Keys(request) : null;
        var endpoint = request.Find(DestinationSettings.Endpoint) ?? EndpointVariable(request);
        var options = new S3StoreOptions
        {
            Bucket = bucket,
            Prefix = prefix,
            Endpoint = endpoint,
            PathStyle = request.Find(DestinationSettings.PathStyle) is { } style
                ? style == "true"
                : endpoint is not null,
            Region =
                request.Find(DestinationSettings.Region)
                ?? request.Variable("AWS_REGION")
                ?? request.Variable("AWS_DEFAULT_REGION"),
            Encryption = Encryption(request),
            KmsKey = request.Find(DestinationSettings.KmsKey),
            Role = request.Find(DestinationSettings.Role),
            ExternalId = request.Find(DestinationSettings.ExternalId),
            Profile =
                request.Find(DestinationSettings.Profile) ?? (keys is null ? request.Variable("AWS_PROFILE") : null),
            Keys = keys,
        };
        return options is { ExternalId: not null, Role: null }
            ? throw new ConfigurationException(
                "external_id means something only beside the role whose owner demands it."
            )
            : options;
    }

    protected override IObjectStore OpenStore(DestinationRequest request) =>
        new S3ObjectStore(Read(request), request.Host.Clock);

    /// <summary>The bucket of the address, or that of a variable when the address leaves it out, as s3:///prefix does.</summary>
    private static (string Bucket, string Prefix) Split(DestinationRequest request)
    {
        var path = request.Address.Path;
        (string? Bucket, string Prefix) place = path.Split('/', 4) switch
        {
            ["", "", { Length: > 0 } bucket, .. var prefix] => (bucket, prefix.FirstOrDefault(string.Empty)),
            [""] => (request.Variable(Bucket), string.Empty),
            ["", "", "", var prefix] => (request.Variable(Bucket), prefix),
            _ => (null, string.Empty),
        };
        return place.Bucket is { } named
            ? (named, place.Prefix.Trim('/'))
            : throw new ConfigurationException($"the destination \"{request.Address.Text}\" names no bucket.")
            {
                Hint = "Write s3://bucket/prefix; with AWS_BUCKET set, s3:///prefix names the same.",
            };
    }

    private static bool NamesNoBucket(DestinationRequest request) =>
        request.Address.Path.Split('/') is not ["", "", { Length: > 0 }, ..];

    private static S3Encryption Encryption(DestinationRequest request) =>
        (request.Find(DestinationSettings.Encryption), request.Find(DestinationSettings.KmsKey)) switch
        {
            ("s3", not null) => throw new ConfigurationException(
                "sse=s3 encrypts with keys of S3 itself, and kms_key names another."
            )
            {
                Hint = "Write sse=kms, or leave out kms_key.",
            },
            ("s3", _) => S3Encryption.S3,
            (null, null) => S3Encryption.OfBucket,
            _ => S3Encryption.Kms,
        };

    private static Uri? EndpointVariable(DestinationRequest request) =>
        EndpointVariables.Select(request.Settings.Variables.Find).FirstOrDefault(found => found is not null)
            is { } found
            ? DestinationSettings.Endpoint.Parse(found)
            : null;

    /// <returns>Null if neither key is set: the SDK then looks where it always does.</returns>
    private static S3Keys? Keys(DestinationRequest request)
    {
        var access = request.Variable(AccessKey) ?? request.Variable(OldAccessKey);
        var secret = request.Variable(SecretKey) ?? request.Variable(OldSecretKey);
        return (access, secret) switch
        {
            (null, null) => null,
            ({ } key, { } hidden) => new S3Keys(
                key,
                new Secret(hidden),
                request.Variable("AWS_SESSION_TOKEN") is { } token ? new Secret(token) : null
            ),
            _ => throw new ConfigurationException(
                $"{(access is null ? SecretKey : AccessKey)} is set, but {(access is null ? AccessKey : SecretKey)} is not."
            )
            {
                Hint = "Set both; or neither, for a profile, single sign-on or the machine's role.",
            },
        };
    }
}
