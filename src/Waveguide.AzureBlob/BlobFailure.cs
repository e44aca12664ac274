using System.Net;
using System.Net.Sockets;

namespace Waveguide.AzureBlob;

/// <summary>Why an attempt failed, as a sentence with a next step.</summary>
/// <param name="IsTransient">Whether another attempt may succeed.</param>
internal sealed record BlobFailure(string Message, string Hint, bool IsTransient)
{
    /// <summary>An answer that is not younger is believed to tell the time (Azure refuses more than 15 minutes).</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    private const string Kept = "everything committed so far is kept.";

    /// <summary>How long the service asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether there was no connection at all.</summary>
    public bool IsUnreached { get; init; }

    public Exception? Reason { get; init; }

    public DestinationException ToException(int tries) =>
        new(IsTransient && tries > 1 ? $"{Message} It was tried {tries} times." : Message, Reason) { Hint = Hint };

    public static BlobFailure OfAnswer(BlobQuestion question, HttpResponseMessage response)
    {
        var code = CodeOf(response);
        var status = $"{(int)response.StatusCode}{(code.Length == 0 ? string.Empty : $" {code}")}";
        var request = Header(response, "x-ms-request-id") is { } id ? $", request {id}" : string.Empty;
        var isTransient =
            (int)response.StatusCode is 408 or 429 or 500 or 502 or 503 or 504 || code == "OperationTimedOut";
        return new BlobFailure(
            code == "ContainerNotFound"
                ? $"{question.What}: there is no container \"{question.Place.Container}\" in the account \"{question.Place.Account}\" ({status}{request})."
                : $"{question.What}: Azure answered {status}{request}.",
            isTransient ? $"Run again later: {Kept}" : HintOf(question, response, code),
            isTransient
        )
        {
            RetryAfter = RetryAfterOf(response, question.Now),
        };
    }

    public static BlobFailure OfNoAnswer(BlobQuestion question, string host, Exception reason)
    {
        var error = (reason as HttpRequestException)?.HttpRequestError;
        if (
            error == HttpRequestError.NameResolutionError
            || reason.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound }
        )
        {
            return new BlobFailure(
                $"{question.What}: there is no host {host}.",
                $"Check that the account is called \"{question.Place.Account}\", and this machine's network; other clouds need endpoint= in the address.",
                IsTransient: true
            )
            {
                IsUnreached = true,
                Reason = reason,
            };
        }

        var isUnreached =
            error
            is HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;
        return new BlobFailure(
            $"{question.What}: {(isUnreached ? "no connection to" : "no whole answer from")} {host} ({reason.GetBaseException().Message.TrimEnd('.')}).",
            $"Check this machine's network and proxy, and the endpoint if you set one; {Kept}",
            IsTransient: true
        )
        {
            IsUnreached = isUnreached,
            Reason = reason,
        };
    }

    public static BlobFailure OfSilence(BlobQuestion question, string host, TimeSpan time) =>
        new(
            $"{question.What}: {host} answered nothing for {time.TotalSeconds:N0} seconds.",
            $"Check this machine's network, and run again: {Kept}",
            IsTransient: true
        );

    /// <summary>Azure's word for an error, such as <c>BlobNotFound</c>; empty if it says none.</summary>
    public static string CodeOf(HttpResponseMessage response) => Header(response, "x-ms-error-code") ?? string.Empty;

    private static string HintOf(BlobQuestion question, HttpResponseMessage response, string code)
    {
        if (
            response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
            && response.Headers.Date is { } date
            && (question.Now - date).Duration() > Skew
        )
        {
            var minutes = (question.Now - date).TotalMinutes;
            return $"This machine's clock is {Math.Abs(minutes):N0} minutes {(minutes > 0 ? "fast" : "slow")}, and Azure takes no signature of another time: set it.";
        }

        return code switch
        {
            "ContainerNotFound" =>
                $"Create it (az storage container create --account-name {question.Place.Account} --name {question.Place.Container}), or correct the address.",
            "AuthenticationFailed" or "InvalidAuthenticationInfo" or "NoAuthenticationInformation" =>
                question.Credential.WhenNotBelieved(question.Now),
            "KeyBasedAuthenticationNotPermitted" =>
                "The account takes no keys: unset the storage key, connection string or SAS token, and sign in (az login, or a managed identity).",
            "AuthorizationFailure" =>
                $"{question.Credential.WhenNotBelieved(question.Now)} If that is not it, the account's firewall (page Networking) does not let this machine in.",
            "AuthorizationSourceIPMismatch" =>
                "The SAS token is for other addresses (sip) than this machine's: make one without, or for this network.",
            "SnapshotsPresent" => "The blob has snapshots: delete them, or keep them in another container.",
            "BlobImmutableDueToPolicy" =>
                "The container keeps its blobs unchangeable: use one without such a policy, for replaced hours are deleted.",
            "LeaseIdMissing" or "LeaseIdMismatchWithBlobOperation" =>
                "Somebody else holds a lease on the blob: end it (az storage blob lease break).",
            _ when response.StatusCode is HttpStatusCode.Forbidden => question.Credential.WhenNotAllowed,
            _ => $"Azure's page \"Blob service error codes\" says more; {Kept}",
        };
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now) =>
        Header(response, "x-ms-retry-after-ms") is { } text && int.TryParse(text, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
        : response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now
        : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>What a failure's sentence is made of.</summary>
internal sealed record BlobQuestion(string What, BlobPlace Place, BlobCredential Credential, DateTimeOffset Now);
