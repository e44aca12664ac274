namespace Waveguide.S3;

/// <summary>What the codes mean with which S3, and the services that resemble it, refuse a request.</summary>
internal static class S3Answers
{
    /// <param name="code">As the service sent it (Amazon S3 API, error responses); may be missing.</param>
    /// <param name="status">HTTP's.</param>
    public static (string Why, string Hint) Explain(string? code, int status, S3StoreOptions options) =>
        code switch
        {
            "NoSuchBucket" => (
                $"there is no bucket {options.Bucket}",
                "Make it, or correct the address; Waveguide makes no buckets."
            ),
            "InvalidBucketName" => (
                $"\"{options.Bucket}\" cannot be the name of a bucket",
                "Correct the address: s3://bucket/prefix."
            ),
            // Ceph says so of a key for encryption too.
            "InvalidAccessKeyId" when options.KmsKey is not null => OfKey(options),
            "InvalidAccessKeyId" => ("the access key is not known there", "Check AWS_ACCESS_KEY_ID, and the endpoint."),
            "SignatureDoesNotMatch" => (
                "the secret key does not belong to the access key",
                "Check AWS_SECRET_ACCESS_KEY; a proxy that rewrites requests has the same effect."
            ),
            "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "InvalidToken" => (
                "the temporary credentials have expired or are damaged",
                "Get new ones, such as with aws sso login, and run again."
            ),
            "RequestTimeTooSkewed" => (
                "this machine's clock is wrong",
                "Set it (timedatectl shows whether it follows a time server), and run again."
            ),
            "PermanentRedirect"
            or "TemporaryRedirect"
            or "AuthorizationHeaderMalformed"
            or "IllegalLocationConstraintException" => OfRegion(options),
            "SlowDown" or "ServiceUnavailable" or "Throttling" or "ThrottlingException" or "TooManyRequests" => (
                "the service asks to be spared, several times in a row",
                "Run again later: everything committed so far is kept."
            ),
            "QuotaExceeded" or "XMinioStorageFull" or "InsufficientCapacity" => (
                "the bucket is full",
                "Make room, and run again: everything committed so far is kept."
            ),
            "BadDigest" or "InvalidDigest" or "XAmzContentSHA256Mismatch" => (
                "the bytes did not arrive as they were sent",
                "Run again; if it stays, look for a proxy that changes them."
            ),
            { } kms when kms.StartsWith("KMS.", StringComparison.Ordinal) => OfKey(options),
            _ => OfStatus(status, options),
        };

    private static (string Why, string Hint) OfStatus(int status, S3StoreOptions options) =>
        status switch
        {
            401 or 403 => (
                "it is not allowed",
                options.KmsKey is null
                    ? "docs/destinations/s3.md has the policy that Waveguide needs."
                    : "docs/destinations/s3.md has the policy that Waveguide needs, for the bucket and for the key."
            ),
            301 or 307 => OfRegion(options),
            429 or >= 500 => (
                "the service failed, several times in a row",
                "Run again later: everything committed so far is kept."
            ),
            _ => ("the service refused it", "Check the address, and whether the service knows what it asks for."),
        };

    private static (string Why, string Hint) OfRegion(S3StoreOptions options) =>
        (
            $"the bucket is not in the region {options.Region ?? "that is set"}",
            "Name the bucket's own region in the address, such as ?region=eu-west-1."
        );

    private static (string Why, string Hint) OfKey(S3StoreOptions options) =>
        (
            $"the key {options.KmsKey ?? "of the account"} cannot be used for encryption",
            "Give kms_key the whole ARN of an enabled key of the bucket's region; docs/destinations/s3.md has its policy."
        );
}
