using Waveguide.Cli.Configuration.Kinds;
using Waveguide.Diagnostics;

namespace Waveguide.Cli.Configuration;

/// <summary>The options of destinations. Each scheme of an address says which of them it has.</summary>
internal static class DestinationSettings
{
    public const string Prefix = "destination.";

    public static readonly Setting<string> Address = new(
        Prefix + "address",
        new TextKind("address"),
        "The address, when its options stand beside it."
    )
    {
        Example = "file:./lake",
        WithoutIt = "`destination`",
    };

    public static readonly Setting<string> Format = new(
        Prefix + "format",
        new WordKind("json.gz", "json", "parquet"),
        "How a lake keeps rows: `json.gz` (Amplitude's own files), `json` (the same, unpacked) or `parquet` (typed columns)."
    )
    {
        Default = "json.gz",
    };

    public static readonly Setting<string> Archive = new(
        Prefix + "archive",
        new WordKind("drop", "keep"),
        "Whether a lake keeps the archives as they were fetched."
    )
    {
        Default = "drop",
    };

    public static readonly Setting<int> ArchiveDays = new(
        Prefix + "archive_days",
        new WholeNumberKind(1, 36_500),
        "Days after which a kept archive is deleted."
    )
    {
        Example = "30",
        WithoutIt = "never",
    };

    public static readonly Setting<Uri> Endpoint = new(
        Prefix + "endpoint",
        new UrlKind(),
        "The store's own address, where it is not the public cloud's. Plain http only on this machine."
    )
    {
        Example = "https://account.blob.core.usgovcloudapi.net",
        WithoutIt = "the public cloud's",
    };

    public static readonly Setting<Secret> ConnectionString = new(
        Prefix + "connection_string",
        new SecretKind(),
        "The connection string of an Azure account. Best written as a variable, never as it is."
    )
    {
        Example = "${LAKE_CONNECTION_STRING}",
        WithoutIt = "the variable",
        Variable = "AZURE_STORAGE_CONNECTION_STRING",
    };

    public static readonly Setting<Secret> SasToken = new(
        Prefix + "sas_token",
        new SecretKind(),
        "A shared access signature of an Azure account or container."
    )
    {
        Example = "${LAKE_SAS_TOKEN}",
        WithoutIt = "the variable",
        Variable = "AZURE_STORAGE_SAS_TOKEN",
    };

    public static readonly Setting<Secret> AccountKey = new(
        Prefix + "account_key",
        new SecretKind(),
        "The key of an Azure account. Without it, connection string and SAS token, Waveguide signs in as Azure.Identity does."
    )
    {
        Example = "${LAKE_ACCOUNT_KEY}",
        WithoutIt = "the variable",
        Variable = "AZURE_STORAGE_KEY",
    };

    public static readonly Setting<string> Region = new(
        Prefix + "region",
        new NameKind(),
        "The AWS region of an S3 bucket."
    )
    {
        Example = "eu-west-1",
        WithoutIt = "`AWS_REGION`, or the profile's",
    };

    public static readonly Setting<string> PathStyle = new(
        Prefix + "path_style",
        new WordKind("true", "false"),
        "Whether an S3 bucket stands in the path of its address rather than in the host."
    )
    {
        Example = "true",
        WithoutIt = "`true` with an `endpoint`",
    };

    public static readonly Setting<string> Encryption = new(
        Prefix + "sse",
        new WordKind("s3", "kms"),
        "How S3 is asked to encrypt: with its own keys (`s3`) or a key of KMS (`kms`)."
    )
    {
        Example = "kms",
        WithoutIt = "as the bucket is set up",
    };

    public static readonly Setting<string> KmsKey = new(
        Prefix + "kms_key",
        new TextKind("ARN"),
        "The whole ARN of the KMS key that S3 encrypts with."
    )
    {
        Example = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        WithoutIt = "the account's key for S3",
    };

    public static readonly Setting<string> Role = new(
        Prefix + "role",
        new TextKind("ARN"),
        "The ARN of an AWS role to work as."
    )
    {
        Example = "arn:aws:iam::111122223333:role/waveguide",
        WithoutIt = "none",
    };

    public static readonly Setting<string> ExternalId = new(
        Prefix + "external_id",
        new TextKind("text"),
        "What the owner of that role demands to be told."
    )
    {
        Example = "a-text-from-the-owner",
        WithoutIt = "none",
    };

    public static readonly Setting<string> Profile = new(
        Prefix + "profile",
        new TextKind("name"),
        "A profile of the shared AWS configuration files."
    )
    {
        Example = "analytics",
        WithoutIt = "the default chain of credentials",
    };

    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Address,
        Format,
        Archive,
        ArchiveDays,
        Endpoint,
        ConnectionString,
        SasToken,
        AccountKey,
        Region,
        PathStyle,
        Encryption,
        KmsKey,
        Role,
        ExternalId,
        Profile,
    ];
}
