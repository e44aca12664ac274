using System.Net;

namespace Waveguide.Amplitude;

/// <summary>What Amplitude's statuses and bodies mean, in words a person can act on.</summary>
internal static class AmplitudeErrors
{
    /// <summary>How Amplitude says that a range has no data: its own words, its web server's page, its JSON.</summary>
    private static readonly string[] NoData = ["Raw data files were not found", "404: Not Found", "\"http_code\":404"];

    /// <summary>
    /// How Amplitude says that a project does not have an API: as above, and as the taxonomy does ("404 Bad Request", and
    /// the envelope of its failures).
    /// </summary>
    private static readonly string[] NoSuchApi = [.. NoData, "404 Bad Request", "\"success\":false"];

    /// <param name="what">What was asked for, at the beginning of the message.</param>
    /// <exception cref="SourceException">The status is not 200.</exception>
    public static async Task ThrowUnlessOkAsync(
        string what,
        HttpResponseMessage response,
        AmplitudeOptions options,
        CancellationToken cancellationToken
    )
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return;
        }

        var said = await SaidAsync(response, options, cancellationToken);
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refused(said, options),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => new SourceException(
                SourceFailure.TooLarge,
                $"{what}: over Amplitude's 4 GB limit ({said})."
            ),
            HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => new SourceException(
                SourceFailure.TooSlow,
                $"{what}: Amplitude took too long ({said})."
            )
            {
                RetryAfter = RetryAfter(response),
                Hint = "Run again later.",
            },
            HttpStatusCode.TooManyRequests => Unavailable(
                $"{what}: Amplitude's limit of requests is reached ({said}).",
                "Something else may be using the same project's keys; run again later.",
                response
            ),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Unavailable(
                $"{what}: {options.RestHost.Authority} redirects elsewhere ({said}), which is not followed.",
                "Check the network (does it ask for a log-in?), and the address if you set one "
                    + "(AMPLITUDE_URL, source.url).",
                response
            ),
            _ => Unavailable(
                $"{what}: Amplitude cannot answer now ({said}).",
                "Run again later; status.amplitude.com tells whether Amplitude knows.",
                response
            ),
        };
    }

    /// <summary>A 404 means no data only if Amplitude gave it: a proxy's, taken for no data, would lose every hour.</summary>
    /// <exception cref="SourceException">The 404 is somebody else's.</exception>
    public static async Task ThrowUnlessNoDataAsync(
        string what,
        HttpResponseMessage response,
        AmplitudeOptions options,
        CancellationToken cancellationToken
    )
    {
        var body = await ErrorBody.ReadAsync(response, cancellationToken);
        if (!Says(body, NoData))
        {
            throw Stranger(
                what,
                Said(response, body, options),
                options,
                response,
                " Amplitude says \"Raw data files were not found\" where there is no data."
            );
        }
    }

    /// <summary>What a 400 means to everything but an export.</summary>
    public static async Task<SourceException> NotAcceptedAsync(
        string what,
        HttpResponseMessage response,
        AmplitudeOptions options,
        CancellationToken cancellationToken
    ) =>
        new(
            SourceFailure.NotAccepted,
            $"{what}: Amplitude does not accept this question ({await SaidAsync(response, options, cancellationToken)})."
        )
        {
            Hint = "Check the table's options; if there are none, please report it with this line.",
        };

    /// <summary>What a 404 means to everything but an export: a proxy's must not make a table look as if it were not offered.</summary>
    public static async Task<SourceException> NotOfferedAsync(
        string what,
        HttpResponseMessage response,
        AmplitudeOptions options,
        CancellationToken cancellationToken
    )
    {
        var body = await ErrorBody.ReadAsync(response, cancellationToken);
        var said = Said(response, body, options);
        return Says(body, NoSuchApi)
            ? new SourceException(
                SourceFailure.NotOffered,
                $"{what}: Amplitude does not offer this to the project ({said})."
            )
            {
                Hint = "It may not be part of the project's plan.",
            }
            : Stranger(what, said, options, response);
    }

    private static bool Says(string body, IEnumerable<string> phrases) =>
        phrases.Any(words => body.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static SourceException Stranger(
        string what,
        string said,
        AmplitudeOptions options,
        HttpResponseMessage response,
        string more = ""
    ) =>
        Unavailable(
            $"{what}: {options.RestHost.Authority} does not answer as Amplitude does ({said}).",
            $"Check the address if you set one (AMPLITUDE_URL, source.url).{more}",
            response
        );

    private static async Task<string> SaidAsync(
        HttpResponseMessage response,
        AmplitudeOptions options,
        CancellationToken cancellationToken
    ) => Said(response, await ErrorBody.ReadAsync(response, cancellationToken), options);

    private static string Said(HttpResponseMessage response, string body, AmplitudeOptions options)
    {
        var message = ErrorBody.Message(body, options);
        return message.Length == 0 ? $"{(int)response.StatusCode}" : $"{(int)response.StatusCode}, \"{message}\"";
    }

    private static SourceException Refused(string said, AmplitudeOptions options) =>
        new(SourceFailure.Refused, $"Amplitude refused these keys ({said}).")
        {
            Hint =
                "Either the API key and secret key do not belong together, or the project lives in the other region: "
                + $"this was asked of {(options.Url is null ? $"the {options.Region.Name.ToUpperInvariant()} host" : options.RestHost.Authority)}; "
                + $"try --region {options.Region.Other.Name}.",
        };

    private static SourceException Unavailable(string message, string hint, HttpResponseMessage response) =>
        new(SourceFailure.Unavailable, message) { Hint = hint, RetryAfter = RetryAfter(response) };

    /// <summary>A moment is taken by the service's own clock, which it tells beside it.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } wish ? wish.Delta ?? (wish.Date - response.Headers.Date) : null;
}
