using System.Globalization;
using System.Net;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>The Export API: one archive for one range of upload hours.</summary>
internal sealed class ExportClient(RequestSender sender, AmplitudeOptions options)
{
    /// <summary>Brings the slice's archive into the folder and verifies it.</summary>
    /// <returns>Its parts; none if there is no data in the range.</returns>
    public Task<IReadOnlyList<FetchedPart>> FetchAsync(
        Slice slice,
        SpoolFolder spool,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var attempt = 0;
        var exchange = new Exchange<IReadOnlyList<FetchedPart>>(
            slice.ToString(),
            () => Request(slice.Hours),
            async (response, limit, token) =>
            {
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    return [];
                }

                await AmplitudeErrors.ThrowUnlessOkAsync(slice.ToString(), response, options, token);
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++attempt}.zip"));
                await Download.ToFileAsync(response.Content, path, spool, limit, token);
                limit.Restart(Timeout.InfiniteTimeSpan);
                return await ExportArchive.VerifyAsync(slice, path, token);
            }
        )
        {
            RetryWhenTooSlow = slice.Hours.Count == 1,
        };
        return sender.SendAsync(exchange, cancellationToken);
    }

    /// <summary>The only place where the inclusive end of the Export API is produced (Export API, "Query parameters").</summary>
    public HttpRequestMessage Request(HourRange hours)
    {
        var last = hours.Until.AddHours(-1);
        var query = $"/api/2/export?start={Text(hours.From)}&end={Text(last)}";
        return AmplitudeRequest.Rest(options, query);
    }

    private static string Text(UploadHour hour) => hour.Start.ToString("yyyyMMdd'T'HH", CultureInfo.InvariantCulture);
}
