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
        scan.Restart();
        var hours = _slice.Hours.Hours().ToList();
        var there = hours.Where(hour => !scan.Rewrites && before[hour] is { IsLoaded: true }).ToHashSet();
        var written = await files.WriteAsync(Parts(hours.Except(there)), Parts(there), cancellationToken);
        scan.ThrowIfTooManyRejected();
        var same = there.Where(hour => IsSame(before[hour]!, format)).ToHashSet();
        var again = await files.WriteAgainAsync(Parts(there.Except(same)), cancellationToken);
        var byHour = written.Concat(again).ToLookup(file => file.Hour);
        var entries = new List<LakeHour>();
        foreach (var hour in hours)
        {
            entries.Add(same.Contains(hour) ? Kept(before[hour]!) : await EntryAsync(hour, [.. byHour[hour]]));
        }

        return before.With(entries);

        async Task<LakeHour> EntryAsync(UploadHour hour, IReadOnlyList<LakeFile> made)
        {
            var rejected = scan.Rejected.Where(line => line.Hour == hour).ToList();
            var aside = await quarantine.WriteAsync(hour, rejected, part: null, cancellationToken);
            return new LakeHour(Record(hour, scan.Content(hour).Tally), made, aside) { Parts = Of(hour) };
        }
    }

    private bool IsSame(LakeHour held, LakeFormat format) =>
        scan.Content(held.Record.Hour).Fingerprint == held.Record.Fingerprint
        && held.Files.All(file => file.Format == format.Name());

    private LakeHour Kept(LakeHour held) =>
        held with
        {
            Record = Record(held.Record.Hour, held.Record.Tally),
            Parts = Of(held.Record.Hour),
            ToolVersion = ToolVersion.Text,
        };

    private HourRecord Record(UploadHour hour, HourTally tally) =>
        new(hour, scan.StateOf(hour), tally, scan.Content(hour).Fingerprint, _slice.Window, scan.LoadedAt);

    private List<FetchedPart> Parts(IEnumerable<UploadHour> hours) => [.. hours.SelectMany(hour => _parts[hour])];

    private IReadOnlyList<LakePart> Of(UploadHour hour) => [.. _parts[hour].Select(LakePart.Of)];
}
