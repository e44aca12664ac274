using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SecurityToken;

namespace Waveguide.S3;

/// <summary>Turns what the service, the SDK or the network says into a sentence with a next step.</summary>
/// <param name="credentials">Those of the request, which its words may hold; null if none were found.</param>
internal sealed class S3Failure(S3StoreOptions options, S3Credentials? credentials)
{
    private const string Guide = "docs/destinations/s3.md has";

    private string Service => options.Endpoint?.ToString().TrimEnd('/') ?? "Amazon S3";

    /// <summary>Whether this is how the service or the way to it fails, rather than the program.</summary>
    public static bool IsOfService(Exception reason) =>
        reason
            is AmazonServiceException
                or AmazonClientException
                or HttpRequestException
                or IOException
                or SocketException
                or TimeoutException
                or OperationCanceledException;

    /// <param name="tried">Such as <c>writing events/x.parquet</c>.</param>
    public DestinationException Describe(string tried, Exception reason)
    {
        var (why, hint) = reason switch
        {
            AmazonServiceException { StatusCode: not default(HttpStatusCode) } answer => Answered(answer),
            AmazonServiceException { InnerException: { } inner } => Unreached(inner),
            AmazonClientException unsent => Unsent(unsent),
            _ => Unreached(reason),
        };
        // What the SDK throws can hold whole answers, and keys in them; it is not kept.
        return new DestinationException($"{options.Address}: {tried} failed, because {why}.") { Hint = hint };
    }

    private (string Why, string Hint) Answered(AmazonServiceException answer)
    {
        var (why, hint) =
            answer is AmazonSecurityTokenServiceException
                ? (
                    $"the role {options.Role} cannot be assumed",
                    $"Check the role's trust policy and external_id; {Guide} both."
                )
                : S3Answers.Explain(answer.ErrorCode, (int)answer.StatusCode, options);
        if (answer.StatusCode == HttpStatusCode.Forbidden && credentials is { AreTemporary: true })
        {
            // Ceph says no more than that of a token that has expired or is damaged.
            hint += " If it was allowed before, the temporary credentials have expired: get new ones, and run again.";
        }

        return ($"{why} ({Text(answer)})", hint);
    }

    /// <summary>What the service said, such as <c>403 AccessDenied: User x is not authorized</c>.</summary>
    private string Text(AmazonServiceException answer)
    {
        var message = answer.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        // The SDK says at length that the service said nothing.
        var isSaid = message.Length > 0 && !message.Contains("Error Code", StringComparison.OrdinalIgnoreCase);
        var said = isSaid ? $": {message}" : string.Empty;
        return Hide(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.ErrorCode}{said}"));
    }

    private (string Why, string Hint) Unsent(AmazonClientException unsent) =>
        unsent.Message switch
        {
            var text when text.Contains("resolve AWS credentials", StringComparison.Ordinal) => (
                "no AWS credentials were found in the environment, the profiles, single sign-on or the machine's role",
                $"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws sso login; {Guide} every way."
            ),
            var text when text.Contains("profile", StringComparison.Ordinal) => (
                $"the AWS profile {options.Profile ?? "of the environment"} cannot be used",
                "aws configure list-profiles tells which there are; choose one with ?profile=..."
            ),
            var text when text.Contains("RegionEndpoint", StringComparison.Ordinal) => (
                "no region is set",
                "Name the bucket's region in the address, such as ?region=eu-west-1, or set AWS_REGION."
            ),
            var text => (Hide(text.Split('\n')[0].TrimEnd('.', ' ')), "Check the address and the credentials."),
        };

    private (string Why, string Hint) Unreached(Exception reason) =>
        reason is OperationCanceledException or TimeoutException
            ? ($"{Service} did not answer in time", "Check the network, and run again.")
            : (
                $"{Service} cannot be reached ({Innermost(reason).Message.TrimEnd('.')})",
                "Check the address and the network, and run again: everything committed so far is kept."
            );

    private string Hide(string text) => credentials?.Hide(text) ?? text;

    private static Exception Innermost(Exception reason) =>
        reason is HttpRequestException { InnerException: SocketException or null } ? reason
        : reason.InnerException is { } inner ? Innermost(inner)
        : reason;
}
