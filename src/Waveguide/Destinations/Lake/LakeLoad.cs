using Waveguide.Scanning;

namespace Waveguide.Destinations.Lake;

/// <summary>A slice on its way into a lake: files first, then the manifest that names them.</summary>
internal sealed class LakeLoad(Scan scan, LakeManifest before, FileWriter files, QuarantineWriter quarantine)
{
    private readonly Slice _slice = scan.Slice;
    private readonly ILookup<UploadHour, FetchedPart> _parts = scan.Fetched.Parts.ToLookup(part => part.Hour);

    /// <summary>Writes what the manifest is to name; hours whose content is there are left as they are.</summary>
    /// <param name="format">In which an hour must be to be left as it is.</param>
    /// <exception cref="SourceException">Too many lines were rejected.</exception>
    public async Task<LakeManifest> WriteAsync(LakeFormat format, CancellationToken cancellationToken)
    {
        var hours = _slice.Hours.Hours().ToList();
        var there = hours.Where(hour => !scan.Rewrites && before[hour] is { IsLoaded: true }).ToList();
        // Rows are counted as they are written to Parquet.
        await CountAsync(format == LakeFormat.Parquet ? there : hours, cancellationToken);
        var same = there.Where(hour => IsSame(before[hour]!, format)).ToHashSet();
        var others = hours.Where(hour => !same.Contains(hour)).ToList();
        if (format == LakeFormat.Parquet)
        {
            others.ForEach(scan.Content.Forget);
        }

        var written = await files.WriteAsync(Parts(others), cancellationToken);
        scan.Content.ThrowIfTooManyRejected();
        var byHour = written.ToLookup(file => file.Hour);
        var entries = new List<LakeHour>();
        foreach (var hour in hours)
        {
            entries.Add(same.Contains(hour) ? Kept(before[hour]!) : await EntryAsync(hour, [.. byHour[hour]]));
        }

        return before.With(entries);

        async Task<LakeHour> EntryAsync(UploadHour hour, IReadOnlyList<LakeFile> made)
        {
            var rejected = scan.Content.Rejected.Where(line => line.Hour == hour).ToList();
            var aside = await quarantine.WriteAsync(hour, rejected, part: null, cancellationToken);
            return new LakeHour(Record(hour, scan.Content[hour].Tally), made, aside) { Parts = Of(hour) };
        }
    }

    /// <summary>Counts what the parts of these hours hold, unless whoever proved them did.</summary>
    private async Task CountAsync(IEnumerable<UploadHour> hours, CancellationToken cancellationToken)
    {
        if (!scan.Content.IsWhole)
        {
            scan.Content.Clear();
            await PartCount.RunAsync(scan.Content, Parts(hours), cancellationToken);
        }
    }

    private bool IsSame(LakeHour held, LakeFormat format) =>
        scan.Content[held.Record.Hour].Fingerprint == held.Record.Fingerprint
        && held.Files.All(file => file.Format == format.Name());

    private LakeHour Kept(LakeHour held) =>
        held with
        {
            Record = Record(held.Record.Hour, held.Record.Tally),
            Parts = Of(held.Record.Hour),
            ToolVersion = ToolVersion.Text,
        };

    private HourRecord Record(UploadHour hour, HourTally tally) =>
        new(hour, scan.StateOf(hour), tally, scan.Content[hour].Fingerprint, _slice.Window, scan.LoadedAt);

    private List<FetchedPart> Parts(IEnumerable<UploadHour> hours) => [.. hours.SelectMany(hour => _parts[hour])];

    private IReadOnlyList<LakePart> Of(UploadHour hour) => [.. _parts[hour].Select(LakePart.Of)];
}
