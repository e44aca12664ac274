using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waveguide.Amplitude;

/// <summary>What Amplitude's statuses and bodies mean, in words a person can act on.</summary>
internal static partial class AmplitudeErrors
{
    private const int LongestBody = 64 << 10;
    private const int LongestMessage = 200;

    private static readonly string[] MessageKeys = ["error", "metadata", "details", "message"];

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

        var said = Said(response.StatusCode, await BodyAsync(response, cancellationToken), options);
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
            ),
            HttpStatusCode.TooManyRequests => new SourceException(
                SourceFailure.Unavailable,
                $"{what}: Amplitude's limit of requests is reached ({said})."
            )
            {
                RetryAfter = RetryAfter(response),
                Hint = "Something else may be using the same project's keys; run again later.",
            },
            _ => new SourceException(SourceFailure.Unavailable, $"{what}: Amplitude cannot answer now ({said}).")
            {
                RetryAfter = RetryAfter(response),
                Hint = "Run again later; status.amplitude.com tells whether Amplitude knows.",
            },
        };
    }

    /// <summary>The message inside a body, or the body itself, as one short line without keys.</summary>
    public static string Message(string body, AmplitudeOptions options)
    {
        var text =
            JsonMessage(body)
            ?? HtmlTitle().Match(body) switch
            {
                { Success: true } title => title.Groups["title"].Value,
                _ => body,
            };
        text = Blanks().Replace(text, " ").Trim();
        foreach (var secret in new[] { options.ApiKey, options.SecretKey })
        {
            text = text.Replace(secret.Reveal(), secret.ToString(), StringComparison.Ordinal);
        }

        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "...";
    }

    /// <summary>Reads a body that is expected to be short; of a long one, only the beginning.</summary>
    public static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestBody];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Said(HttpStatusCode status, string body, AmplitudeOptions options)
    {
        var message = Message(body, options);
        return message.Length == 0 ? $"{(int)status}" : $"{(int)status}, \"{message}\"";
    }

    private static SourceException Refused(string said, AmplitudeOptions options) =>
        new(SourceFailure.Refused, $"Amplitude refused these keys ({said}).")
        {
            Hint =
                "Either the API key and secret key do not belong together, or the project lives in the other region: "
                + $"this was asked of {(options.Url is null ? $"the {options.Region.Name.ToUpperInvariant()} host" : options.RestHost.Authority)}; "
                + $"try --region {options.Region.Other.Name}.",
        };

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static string? JsonMessage(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Deepest(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Deepest(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        return element.ValueKind != JsonValueKind.Object
            ? null
            : MessageKeys
                .Select(key => element.TryGetProperty(key, out var inner) ? Deepest(inner) : null)
                .FirstOrDefault(message => !string.IsNullOrEmpty(message));
    }

    [GeneratedRegex(
        "<title>(?<title>.*?)</title>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HtmlTitle();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
