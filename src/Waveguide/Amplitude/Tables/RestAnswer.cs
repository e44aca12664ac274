using System.Net;
using System.Text.Json;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>A JSON answer of Amplitude's REST APIs.</summary>
internal sealed class RestAnswer(string what, JsonDocument json) : IDisposable
{
    /// <summary>Bytes of an answer at most; the longest list, of every property of a large project, is far below.</summary>
    private const int Longest = 256 << 20;

    public JsonElement Root => json.RootElement;

    /// <param name="what">What is asked for, at the beginning of every message.</param>
    /// <exception cref="SourceException">There is no such answer, or it is no JSON object.</exception>
    public static Task<RestAnswer> ReadAsync(
        RequestSender sender,
        AmplitudeOptions options,
        string what,
        string pathAndQuery,
        CancellationToken cancellationToken
    ) =>
        sender.SendAsync(
            new Exchange<RestAnswer>(
                what,
                () => AmplitudeRequest.Rest(options, pathAndQuery),
                async (response, _, token) =>
                {
                    if (response.StatusCode == HttpStatusCode.BadRequest)
                    {
                        throw await AmplitudeErrors.NotAcceptedAsync(what, response, options, token);
                    }

                    await AmplitudeErrors.ThrowUnlessOkAsync(what, response, options, token);
                    return new RestAnswer(what, await ParseAsync(what, response, token));
                }
            ),
            cancellationToken
        );

    /// <summary>The objects of the array under this key; none if it is null.</summary>
    /// <exception cref="SourceException">There is no such array of objects.</exception>
    public IEnumerable<JsonElement> Rows(string key)
    {
        if (
            !Root.TryGetProperty(key, out var rows) || rows.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)
        )
        {
            throw Odd(what, $"no list under \"{key}\"");
        }

        return rows.ValueKind == JsonValueKind.Null ? []
            : rows.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object) ? rows.EnumerateArray()
            : throw Odd(what, $"something that is no object in the list under \"{key}\"");
    }

    public void Dispose() => json.Dispose();

    private static async Task<JsonDocument> ParseAsync(
        string what,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        await response.Content.LoadIntoBufferAsync(Longest, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            throw Odd(what, "no JSON object");
        }
        catch (JsonException reason)
        {
            throw Odd(what, "no JSON", reason);
        }
    }

    private static SourceException Odd(string what, string found, Exception? reason = null) =>
        new(SourceFailure.Unavailable, $"{what}: Amplitude's answer holds {found}.", reason)
        {
            Hint = "Run again later; if it stays, please report it with this line.",
        };
}
