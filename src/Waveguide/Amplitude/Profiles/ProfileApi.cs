using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waveguide.Diagnostics;
using Waveguide.Http;

namespace Waveguide.Amplitude.Profiles;

/// <summary>
/// The User Profile API. Its page asks for the secret key; some accounts take the API key, as origin 2's connector found:
/// the first key that is taken is used from then on. Safe for concurrent use.
/// </summary>
internal sealed class ProfileApi(RequestSender sender, AmplitudeOptions options, SlidingWindow pace, Uri host)
{
    private const string NotSeen = "User id and device id not seen before";

    /// <summary>Bytes of an answer at most; a thousand properties of a thousand letters are a megabyte.</summary>
    private const int Longest = 64 << 20;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Secret? _taken;

    /// <returns>The row of a user; of one who was never seen, with the reason in place of a profile.</returns>
    /// <exception cref="SourceException">There is no answer about the user.</exception>
    public async Task<JsonObject> ReadAsync(string user, CancellationToken cancellationToken)
    {
        if (_taken is { } taken)
        {
            return await AskAsync(user, taken, cancellationToken);
        }

        try
        {
            return await TryAsync(user, options.SecretKey, cancellationToken);
        }
        catch (SourceException reason) when (reason.Failure == SourceFailure.Refused)
        {
            return await TryAsync(user, options.ApiKey, cancellationToken);
        }
    }

    private async Task<JsonObject> TryAsync(string user, Secret key, CancellationToken cancellationToken)
    {
        var row = await AskAsync(user, key, cancellationToken);
        _taken = key;
        return row;
    }

    private async Task<JsonObject> AskAsync(string user, Secret key, CancellationToken cancellationToken) =>
        await sender.SendAsync(
            new Exchange<JsonObject>(
                "user_profiles",
                () => AmplitudeRequest.Profile(host, key, $"/v1/userprofile?{options.Profiles.Query(user)}"),
                async (response, _, token) =>
                {
                    await response.Content.LoadIntoBufferAsync(Longest, token);
                    return Row(user, response, await response.Content.ReadAsStringAsync(token));
                }
            )
            {
                Enter = pace.EnterAsync,
            },
            cancellationToken
        );

    private JsonObject Row(string user, HttpResponseMessage response, string body)
    {
        if (Parse(body) is { } answer)
        {
            if (answer["userData"] is JsonObject profile)
            {
                var row = (JsonObject)profile.DeepClone();
                row["user_id"] = user;
                return row;
            }

            if (answer["error"] is JsonValue said && said.ToString().Contains(NotSeen, StringComparison.Ordinal))
            {
                return new JsonObject { ["user_id"] = user, ["error"] = NotSeen };
            }
        }

        throw Failure(response, ErrorBody.Message(body, options));
    }

    private static SourceException Failure(HttpResponseMessage response, string said)
    {
        var answer = $"{(int)response.StatusCode}{(said.Length == 0 ? string.Empty : $", \"{said}\"")}";
        if (said.Contains("does not have access to the Profile API", StringComparison.OrdinalIgnoreCase))
        {
            return new SourceException(
                SourceFailure.NotOffered,
                $"user_profiles: the User Profile API is not part of the organisation's plan ({answer})."
            );
        }

        if (
            response.StatusCode == HttpStatusCode.TooManyRequests
            || said.Contains("exceeds system limit", StringComparison.OrdinalIgnoreCase)
        )
        {
            return new SourceException(
                SourceFailure.Unavailable,
                $"user_profiles: Amplitude's limit of {AmplitudePace.ProfilesAMinute} requests a minute is reached ({answer})."
            )
            {
                Hint = "Something else of the organisation may be asking too; run again later, it goes on from here.",
                RetryAfter = response.Headers.RetryAfter?.Delta ?? Minute,
            };
        }

        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SourceException(
                SourceFailure.Refused,
                $"user_profiles: the User Profile API takes neither the secret key nor the API key ({answer})."
            )
            {
                Hint = "Check both keys: the Profile API goes by the secret key of a project in the US region.",
            },
            HttpStatusCode.BadRequest => new SourceException(
                SourceFailure.NotAccepted,
                $"user_profiles: Amplitude does not accept this question ({answer})."
            )
            {
                Hint = "Check the ids of recommendations and predictions under user_profiles.",
            },
            _ => new SourceException(
                SourceFailure.Unavailable,
                $"user_profiles: Amplitude gives no profile ({answer})."
            )
            {
                Hint = "Run again later; it goes on from here.",
            },
        };
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
