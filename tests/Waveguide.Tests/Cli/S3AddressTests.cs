using Microsoft.Extensions.Logging.Abstractions;
using Waveguide.Cli;
using Waveguide.Cli.Configuration;
using Waveguide.Cli.Destinations;
using Waveguide.S3;

namespace Waveguide.Tests.Cli;

public sealed class S3AddressTests
{
    private static readonly (string, string)[] Keys =
    [
        ("AWS_ACCESS_KEY_ID", "AKIA"),
        ("AWS_SECRET_ACCESS_KEY", "hush"),
    ];

    [Theory]
    [InlineData("s3://lake", "lake", "")]
    [InlineData("s3://lake/", "lake", "")]
    [InlineData("s3://lake/amplitude/eu/", "lake", "amplitude/eu")]
    [InlineData("s3:", "old-bucket", "")]
    [InlineData("s3:///python-import", "old-bucket", "python-import")]
    public void The_bucket_stands_in_the_address_or_in_the_old_variable(string address, string bucket, string prefix)
    {
        var (options, notes) = Read(address, [.. Keys, ("AWS_BUCKET", "old-bucket")]);
        Assert.Equal((bucket, prefix), (options.Bucket, options.Prefix));
        var hint = bucket == "old-bucket" ? $"write s3://old-bucket/{prefix}." : "";
        Assert.EndsWith(hint, notes, StringComparison.Ordinal);
        Assert.Equal(hint.Length == 0, notes.Length == 0);
    }

    [Fact]
    public void Every_option_reaches_the_store()
    {
        const string key = "arn:aws:kms:eu-west-1:1:key/2";
        var options = Read(
            "s3://lake/p?region=eu-west-1&endpoint=https%3A%2F%2Fminio.example&path_style=false&sse=kms"
                + $"&kms_key={key}&role=arn:aws:iam::1:role/w&external_id=x&profile=analytics",
            Keys
        ).Options;
        Assert.Equal(
            new S3StoreOptions
            {
                Bucket = "lake",
                Prefix = "p",
                Region = "eu-west-1",
                Endpoint = new Uri("https://minio.example"),
                Encryption = S3Encryption.Kms,
                KmsKey = key,
                Role = "arn:aws:iam::1:role/w",
                ExternalId = "x",
                Profile = "analytics",
            },
            options
        );
    }

    [Fact]
    public void The_environment_fills_in_what_the_address_leaves_out()
    {
        var options = Read(
            "s3://lake",
            [
                .. Keys,
                ("AWS_SESSION_TOKEN", "t"),
                ("AWS_REGION", "eu-west-1"),
                ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9"),
            ]
        ).Options;
        Assert.Equal("AKIA", options.Keys!.AccessKey);
        Assert.Equal("hush", options.Keys.SecretKey.Reveal());
        Assert.Equal("t", options.Keys.SessionToken!.Reveal());
        Assert.Equal("eu-west-1", options.Region);
        Assert.Equal(new Uri("http://127.0.0.1:9"), options.Endpoint);
        Assert.True(options.PathStyle);
    }

    [Fact]
    public void Without_keys_the_chain_of_the_sdk_is_left_to_look() =>
        Assert.Equal(
            new S3StoreOptions { Bucket = "lake", Profile = "sso" },
            Read("s3://lake", [("AWS_PROFILE", "sso")]).Options
        );

    [Fact]
    public void The_old_names_of_the_keys_work_and_the_new_ones_are_told()
    {
        var (options, notes) = Read("s3://lake", [("AWS_ACCESS_KEY", "AKIA"), ("AWS_SECRET_KEY", "hush")]);
        Assert.Equal("AKIA", options.Keys!.AccessKey);
        Assert.Equal("hush", options.Keys.SecretKey.Reveal());
        Assert.Contains("AWS_ACCESS_KEY_ID", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", notes, StringComparison.Ordinal);
        var mixed = Read("s3://lake", [("AWS_ACCESS_KEY", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "hush")]).Notes;
        Assert.Contains("AWS_ACCESS_KEY_ID", mixed, StringComparison.Ordinal);
        Assert.Empty(Read("s3://lake", Keys).Notes);
    }

    [Theory]
    [InlineData("s3:lake", "the destination \"s3:lake\" names no bucket.")]
    [InlineData("s3:", "the destination \"s3:\" names no bucket.")]
    [InlineData("s3://lake?sse=s3&kms_key=arn", "sse=s3 encrypts with keys of S3 itself")]
    [InlineData("s3://lake?external_id=x", "external_id means something only beside the role")]
    [InlineData("s3://lake?sse=aes", "sse in the destination's address must be s3 or kms, not \"aes\".")]
    [InlineData("s3://lake?endpoint=http://minio.example", "must begin with https://")]
    [InlineData("s3://lake?regoin=x", "s3: has no option \"regoin\". Did you mean \"region\"?")]
    public void What_cannot_be_meant_is_refused(string address, string sentence)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Read(address, Keys));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_without_the_other_is_refused_without_showing_it()
    {
        var refusal = Assert.Throws<ConfigurationException>(() =>
            Read("s3://lake", [("AWS_SECRET_ACCESS_KEY", "hush")])
        );
        Assert.Equal("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not.", refusal.Message);
        Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.Ordinal);
    }

    private static (S3StoreOptions Options, string Notes) Read(string address, (string Name, string Value)[] variables)
    {
        using var folder = new TemporaryFolder();
        using var notes = new StringWriter();
        var host = new CliHost
        {
            Out = TextWriter.Null,
            Error = notes,
            In = TextReader.Null,
            WorkingDirectory = folder.Path,
            Environment = variables.ToDictionary(
                variable => variable.Name,
                variable => variable.Value,
                StringComparer.Ordinal
            ),
            Clock = TimeProvider.System,
        };
        var settings = SettingsReader.Read(
            new SettingsRequest
            {
                WorkingDirectory = folder.Path,
                Environment = host.Environment,
                Destination = address,
            }
        );
        var request = DestinationRequest.Read(host, settings, NullLogger.Instance);
        _ = request.Address.Scheme.Place(request);
        return (
            S3Scheme.Read(request),
            string.Join(' ', notes.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );
    }
}
