namespace Waveguide.Destinations.Lake;

/// <summary>A snapshot on its way into a lake: it takes the place of the one before, but for the parts it keeps.</summary>
internal sealed class LakeSnapshot(Scan scan, LakeManifest before, FileWriter files, QuarantineWriter quarantine)
{
    /// <exception cref="SourceException">Too many lines were rejected.</exception>
    public async Task<LakeManifest> WriteAsync(CancellationToken cancellationToken)
    {
        scan.Content.Clear();
        var hour = scan.Slice.Hours.From;
        var kept = scan.Fetched.Kept.ToHashSet(StringComparer.Ordinal);
        var old = before.Hours.SelectMany(entry => entry.Files).Where(IsKept).ToList();
        var aside = before.Hours.SelectMany(entry => entry.Quarantine).Where(IsKept).ToList();
        var written = new List<LakeFile>();
        foreach (var part in scan.Fetched.Parts)
        {
            var rows = scan.Content[hour].Tally.Rows;
            await files.CountAsync(part, cancellationToken);
            foreach (var file in await files.WriteAsync([part], cancellationToken))
            {
                written.Add(file with { Rows = scan.Content[hour].Tally.Rows - rows });
            }

            var rejected = scan.Content.Rejected.Where(line => line.Part == part.Name).ToList();
            aside.AddRange(await quarantine.WriteAsync(hour, rejected, part.Name, cancellationToken));
        }

        scan.Content.ThrowIfTooManyRejected();
        return before with { Hours = [Entry(hour, [.. old, .. written], aside)] };

        bool IsKept(LakeFile file) => file.Part is { } part && kept.Contains(part);
    }

    private LakeHour Entry(UploadHour hour, IReadOnlyList<LakeFile> files, IReadOnlyList<LakeFile> aside)
    {
        var content = scan.Content[hour];
        var known = before.Hours.SelectMany(entry => entry.Parts).ToLookup(part => part.Name);
        var parts = files
            .Select(file => file.Part!)
            .Distinct()
            .Select(name =>
                scan.Fetched.Parts.FirstOrDefault(part => part.Name == name) is { } fresh
                    ? LakePart.Of(fresh)
                    : known[name].First()
            )
            .ToList();
        var record = new HourRecord(
            hour,
            scan.StateOf(hour),
            content.Tally with
            {
                Rows = files.Sum(file => file.Rows ?? 0),
            },
            content.Fingerprint,
            scan.Slice.Window,
            scan.LoadedAt,
            scan.Fetched.Lacking?.Message
        )
        {
            Parts = [.. parts.Select(part => part.Name)],
        };
        return new LakeHour(record, files, aside) { Parts = parts };
    }
}
