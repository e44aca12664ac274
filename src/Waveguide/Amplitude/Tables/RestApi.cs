using System.Net;
using System.Text.Json;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>Amplitude's REST APIs that answer in JSON. Safe for concurrent use.</summary>
/// <param name="enter">Waits before each attempt until the API's limits let it begin; null: they do not matter.</param>
internal sealed class RestApi(
    RequestSender sender,
    AmplitudeOptions options,
    Func<CancellationToken, Task<IDisposable>>? enter = null
)
{
    /// <summary>Bytes of an answer at most; the longest list, of every property of a large project, is far below.</summary>
    private const int Longest = 256 << 20;

    /// <param name="what">What is asked for, at the beginning of every message.</param>
    /// <exception cref="SourceException">There is no such answer, or it is no JSON.</exception>
    public Task<RestAnswer> GetAsync(string what, string pathAndQuery, CancellationToken cancellationToken) =>
        AskAsync(
            what,
            pathAndQuery,
            async (response, token) =>
            {
                await ThrowUnlessOkAsync(what, response, token);
                return await ParseAsync(what, response, token);
            },
            cancellationToken
        );

    /// <summary>Asks for what is not plain JSON, or has more than one good status.</summary>
    public Task<T> AskAsync<T>(
        string what,
        string pathAndQuery,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    ) =>
        sender.SendAsync(
            new Exchange<T>(
                what,
                () => AmplitudeRequest.Rest(options, pathAndQuery),
                (response, _, token) => read(response, token)
            )
            {
                Enter = enter,
            },
            cancellationToken
        );

    /// <summary>Writes the body of an answer to a file, unless the answer tells to look elsewhere.</summary>
    /// <returns>Where to look; null if the file is there.</returns>
    public Task<Uri?> DownloadAsync(
        string what,
        string pathAndQuery,
        string path,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    ) =>
        sender.SendAsync(
            new Exchange<Uri?>(
                what,
                () => AmplitudeRequest.Rest(options, pathAndQuery),
                async (response, limit, token) =>
                {
                    if (response is { StatusCode: HttpStatusCode.Found, Headers.Location: { } elsewhere })
                    {
                        return new Uri(response.RequestMessage!.RequestUri!, elsewhere);
                    }

                    await ThrowUnlessOkAsync(what, response, token);
                    File.Delete(path);
                    await Download.ToFileAsync(response.Content, path, place.Spool, limit, token);
                    return null;
                }
            )
            {
                Enter = enter,
            },
            cancellationToken
        );

    /// <exception cref="SourceException">The status is not 200.</exception>
    public async Task ThrowUnlessOkAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw await AmplitudeErrors.NotAcceptedAsync(what, response, options, cancellationToken);
        }

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw await AmplitudeErrors.NotOfferedAsync(what, response, options, cancellationToken);
        }

        await AmplitudeErrors.ThrowUnlessOkAsync(what, response, options, cancellationToken);
    }

    public static async Task<RestAnswer> ParseAsync(
        string what,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        await response.Content.LoadIntoBufferAsync(Longest, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return new RestAnswer(what, await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken));
        }
        catch (JsonException reason)
        {
            throw RestAnswer.Odd(what, "no JSON", reason);
        }
    }
}
