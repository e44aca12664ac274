using System.Net;
using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>
/// The download of a cohort's members: asked for, waited for, fetched (Behavioral Cohorts API, "Download a cohort"). A
/// large one is fetched from an address that is good for a minute and carries its own signature, so that the project's
/// credentials are not sent there.
/// </summary>
internal sealed class CohortFile(RestApi api, RequestSender sender, TimeProvider clock)
{
    private const int Addresses = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <returns>The name of the request, which Amplitude counts from now on.</returns>
    /// <exception cref="SourceException">It is not accepted.</exception>
    public async Task<string> RequestAsync(string cohort, CancellationToken cancellationToken)
    {
        using var answer = await api.AskAsync(
            What(cohort),
            $"/api/5/cohorts/request/{Uri.EscapeDataString(cohort)}?props=1",
            ParseAcceptedAsync(cohort),
            cancellationToken
        );
        return answer.Text("request_id");
    }

    /// <param name="request">As it was accepted.</param>
    /// <param name="path">Of the file that is made.</param>
    /// <exception cref="SourceException">It cannot be had whole.</exception>
    public async Task DownloadAsync(
        string cohort,
        string request,
        string path,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await WaitAsync(cohort, request, cancellationToken);
            for (var address = 1; address <= Addresses; address++)
            {
                if (await FetchAsync(cohort, request, path, place, cancellationToken))
                {
                    return;
                }
            }
        }
        catch (SourceException reason) when (reason.Failure == SourceFailure.NotOffered)
        {
            throw Lost(cohort, "Amplitude does not know the download that it had accepted (404)", reason);
        }

        throw Lost(cohort, $"{Addresses} addresses of the download were refused (403), each as soon as it was given");
    }

    private async Task WaitAsync(string cohort, string request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            using var answer = await api.AskAsync(
                What(cohort),
                $"/api/5/cohorts/request-status/{Uri.EscapeDataString(request)}",
                ParseAcceptedAsync(cohort),
                cancellationToken
            );
            if (answer.Text("async_status") == "JOB COMPLETED")
            {
                return;
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new SourceException(
                    SourceFailure.TooSlow,
                    $"{What(cohort)}: Amplitude has not made the download within {Patience.TotalMinutes:N0} minutes."
                )
                {
                    Hint = "Run again later.",
                };
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <returns>Whether it is there; if not, the address was too old when it was asked, and a new one can be had.</returns>
    private async Task<bool> FetchAsync(
        string cohort,
        string request,
        string path,
        SpoolFolder.Place place,
        CancellationToken cancellationToken
    )
    {
        var file = $"/api/5/cohorts/request/{Uri.EscapeDataString(request)}/file";
        return await api.DownloadAsync(What(cohort), file, path, place, cancellationToken) is not { } elsewhere
            || await sender.SendAsync(Elsewhere(cohort, elsewhere, path, place), cancellationToken);
    }

    private static Exchange<bool> Elsewhere(string cohort, Uri address, string path, SpoolFolder.Place place) =>
        address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? new(
                What(cohort),
                () => new HttpRequestMessage(HttpMethod.Get, address),
                async (response, limit, token) =>
                {
                    if (response.StatusCode == HttpStatusCode.Forbidden)
                    {
                        return false;
                    }

                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        throw Lost(
                            cohort,
                            $"{address.Authority} does not hand out the download ({(int)response.StatusCode})"
                        );
                    }

                    File.Delete(path);
                    await Download.ToFileAsync(response.Content, path, place.Spool, limit, token);
                    return true;
                }
            )
            : throw RestAnswer.Odd(What(cohort), $"an address that is not https, {address.Authority}");

    /// <summary>A 202 is as good an answer as a 200 while the download is being made.</summary>
    private Func<HttpResponseMessage, CancellationToken, Task<RestAnswer>> ParseAcceptedAsync(string cohort) =>
        async (response, token) =>
        {
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                await api.ThrowUnlessOkAsync(What(cohort), response, token);
            }

            return await RestApi.ParseAsync(What(cohort), response, token);
        };

    private static SourceException Lost(string cohort, string what, Exception? reason = null) =>
        new(SourceFailure.Unavailable, $"{What(cohort)}: {what}.", reason)
        {
            Hint = "Run again later, which asks for a new download.",
        };

    private static string What(string cohort) => $"cohort {cohort}";
}
