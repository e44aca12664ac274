using System.Collections.Concurrent;

namespace Waveguide.Destinations.Lake;

/// <summary>A slice on its way into a lake: files first, then the manifest that names them.</summary>
internal sealed class LakeLoad(Scan scan, LakeManifest before, FileWriter files, QuarantineWriter quarantine)
{
    private readonly Slice _slice = scan.Slice;

    /// <summary>Writes what the manifest is to name; hours whose content is there are left as they are.</summary>
    /// <param name="format">In which an hour must be to be left as it is.</param>
    /// <exception cref="SourceException">Too many lines were rejected.</exception>
    public async Task<LakeManifest> WriteAsync(LakeFormat format, int atOnce, CancellationToken cancellationToken)
    {
        scan.Restart();
        var hours = new ConcurrentBag<LakeHour>();
        await Parallel.ForEachAsync(
            _slice.Hours.Hours(),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (hour, token) => hours.Add(await HourAsync(hour, format, token))
        );
        scan.ThrowIfTooManyRejected();
        return before.With(hours);
    }

    private async Task<LakeHour> HourAsync(UploadHour hour, LakeFormat format, CancellationToken cancellationToken)
    {
        var parts = scan.Fetched.Parts.Where(part => part.Hour == hour).ToList();
        var held = before[hour] is { IsLoaded: true } there ? there : null;
        if (held is not null)
        {
            await files.CountAsync(parts, cancellationToken);
            if (
                scan.Content(hour).Fingerprint == held.Record.Fingerprint
                && held.Files.All(file => file.Format == format.Name())
            )
            {
                return held with
                {
                    Record = Record(hour, held.Record.Tally),
                    Parts = Of(parts),
                    ToolVersion = ToolVersion.Text,
                };
            }
        }

        var written = await files.WriteAsync(parts, counted: held is not null, cancellationToken);
        var rejected = scan.Rejected.Where(line => line.Hour == hour).ToList();
        var aside = await quarantine.WriteAsync(hour, rejected, part: null, cancellationToken);
        return new LakeHour(Record(hour, scan.Content(hour).Tally), written, aside) { Parts = Of(parts) };
    }

    private HourRecord Record(UploadHour hour, HourTally tally) =>
        new(hour, scan.StateOf(hour), tally, scan.Content(hour).Fingerprint, _slice.Window, scan.LoadedAt);

    private static IReadOnlyList<LakePart> Of(IEnumerable<FetchedPart> parts) => [.. parts.Select(LakePart.Of)];
}
