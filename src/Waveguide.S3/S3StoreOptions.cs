using Amazon.S3;
using Waveguide.Diagnostics;

namespace Waveguide.S3;

/// <summary>Which bucket, and how it is reached.</summary>
public sealed record S3StoreOptions
{
    public required string Bucket { get; init; }

    /// <summary>Where the store's keys begin in the bucket, without slashes at its ends; empty: the whole bucket.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Such as <c>eu-west-1</c>; null: as the environment or the profile has it.</summary>
    public string? Region { get; init; }

    /// <summary>A service other than Amazon's that speaks its protocol; null: Amazon's.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Whether the bucket stands in the path of an address and not in its host.</summary>
    public bool PathStyle { get; init; }

    /// <summary>How the service is asked to encrypt; by default it does as the bucket is set up.</summary>
    public S3Encryption Encryption { get; init; }

    /// <summary>ARN of the key for <see cref="S3Encryption.Kms"/>; null: the account's key for S3.</summary>
    public string? KmsKey { get; init; }

    /// <summary>ARN of a role to work as; null: as whom the credentials say.</summary>
    public string? Role { get; init; }

    /// <summary>What the role's owner demands to be told by whoever works as it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A profile of the shared configuration files; null: the default chain of credentials.</summary>
    public string? Profile { get; init; }

    /// <summary>Keys to use in place of the chain.</summary>
    public S3Keys? Keys { get; init; }

    /// <summary>
    /// How long the lock outlives a process that died. The holder renews it four times as often, and stops writing when
    /// three quarters have passed without success.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(40);

    internal ServerSideEncryptionMethod? EncryptionMethod =>
        Encryption switch
        {
            S3Encryption.S3 => ServerSideEncryptionMethod.AES256,
            S3Encryption.Kms => ServerSideEncryptionMethod.AWSKMS,
            _ => null,
        };

    /// <summary>How the address is written for people.</summary>
    internal string Address => Prefix.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Prefix}";
}

public enum S3Encryption
{
    /// <summary>As the bucket is set up.</summary>
    OfBucket,

    /// <summary>Keys that S3 manages (SSE-S3).</summary>
    S3,

    /// <summary>A key of the Key Management Service (SSE-KMS).</summary>
    Kms,
}

/// <param name="SessionToken">Of temporary keys; null for lasting ones.</param>
public sealed record S3Keys(string AccessKey, Secret SecretKey, Secret? SessionToken);
