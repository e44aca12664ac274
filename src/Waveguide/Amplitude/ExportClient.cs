using System.Globalization;
using System.Net;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>The Export API: one archive for one range of upload hours.</summary>
internal sealed class ExportClient(RequestSender sender, AmplitudeOptions options) : IDisposable
{
    /// <summary>One archive after the other: a proof takes every processor, and what it counts takes memory.</summary>
    private readonly SemaphoreSlim _proving = new(1);

    /// <summary>Brings the slice's archive into the place and verifies it.</summary>
    /// <param name="content">Where to count what the parts hold; null: nowhere.</param>
    /// <returns>No parts if there is no data in the range.</returns>
    public Task<TableAnswer> FetchAsync(
        Slice slice,
        SpoolFolder.Place place,
        SliceContent? content,
        CancellationToken cancellationToken
    )
    {
        var damaged = 0;
        var exchange = new Exchange<TableAnswer>(
            slice.ToString(),
            () => Request(slice.Hours),
            async (response, limit, token) =>
            {
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    await AmplitudeErrors.ThrowUnlessNoDataAsync(slice.ToString(), response, options, token);
                    return new TableAnswer([]);
                }

                await AmplitudeErrors.ThrowUnlessOkAsync(slice.ToString(), response, options, token);
                try
                {
                    await Download.ToFileAsync(response.Content, place.Archive, place.Spool, limit, token);
                    limit.Restart(Timeout.InfiniteTimeSpan);
                    return await VerifyAsync(slice.Hours, place, content, token);
                }
                catch (InvalidDataException reason)
                {
                    throw Damaged(slice.Hours, ++damaged, reason);
                }
            }
        )
        {
            RetryWhenTooSlow = slice.Hours.Count == 1,
            Counts = failure => failure.Failure == SourceFailure.Damaged,
        };
        return sender.SendAsync(exchange, cancellationToken);
    }

    public void Dispose() => _proving.Dispose();

    /// <summary>The only place where the inclusive end of the Export API is produced (Export API, "Query parameters").</summary>
    public HttpRequestMessage Request(HourRange hours)
    {
        var last = hours.Until.AddHours(-1);
        var query = $"/api/2/export?start={Text(hours.From)}&end={Text(last)}";
        return AmplitudeRequest.Rest(options, query);
    }

    private static string Text(UploadHour hour) => hour.Start.ToString("yyyyMMdd'T'HH", CultureInfo.InvariantCulture);

    private async Task<TableAnswer> VerifyAsync(
        HourRange hours,
        SpoolFolder.Place place,
        SliceContent? content,
        CancellationToken cancellationToken
    )
    {
        await _proving.WaitAsync(cancellationToken);
        try
        {
            var parts = await ExportArchive.VerifyAsync(hours, place.Archive, place.Spool, content, cancellationToken);
            return new TableAnswer(parts) { Archive = place.Archive };
        }
        catch (Exception reason) when (SpoolFolder.IsOfDisk(reason))
        {
            throw SpoolFolder.Unusable(place.Path, reason);
        }
        finally
        {
            _proving.Release();
        }
    }

    private SourceException Damaged(HourRange hours, int times, InvalidDataException reason) =>
        new(
            SourceFailure.Damaged,
            $"The archive for {hours} came damaged{(times == 1 ? "" : $" {Times.Text(times)}")} ({reason.Message}).",
            reason
        )
        {
            Hint =
                "Nothing of it was loaded. Run again later; if it stays, tell Amplitude's support. "
                + $"It was asked of {options.RestHost.Authority}.",
        };
}
