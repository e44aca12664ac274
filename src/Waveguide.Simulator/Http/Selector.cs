using Waveguide.Simulator.Archive;
using Waveguide.Simulator.Faults;

namespace Waveguide.Simulator.Http;

/// <summary>Chooses what answers a request: by hour, by what is published at this moment, and by the faults of data.</summary>
internal sealed class Selector(SimulatorOptions options, FaultLedger faults)
{
    public Selection Select(SimulatedProject project, ExportWindow window, int request)
    {
        var data = project.Data;
        if (data.FirstHour is not { } firstHour || data.LastHour is not { } lastHour)
        {
            return Selection.Empty;
        }
        var now = options.Clock.GetUtcNow().UtcDateTime;
        var parts = Hours(window, firstHour, lastHour)
            .AsParallel()
            .AsOrdered()
            .Select(hour => Read(project, hour, now, request))
            .SelectMany(served => served)
            .ToList();
        var byDay = DayFiles(parts.Where(part => part.Served.GroupByDay));
        var all = byDay.Concat(parts.Where(part => !part.Served.GroupByDay).Select(part => (part.Name, Member(part))));
        return new Selection([.. Directories(parts), .. Order(all)], parts.Sum(part => part.Served.Part.JsonBytes));
    }

    private static IEnumerable<DateTime> Hours(ExportWindow window, DateTime firstHour, DateTime lastHour)
    {
        var last = window.Last < lastHour ? window.Last : lastHour;
        for (var hour = window.First > firstHour ? window.First : firstHour; hour <= last; hour = hour.AddHours(1))
        {
            yield return hour;
        }
    }

    private List<HourPart> Read(SimulatedProject project, DateTime hour, DateTime now, int request)
    {
        var published = now >= hour + options.AvailabilityLag;
        if (!published && (!options.PartialHours || now <= hour))
        {
            return [];
        }
        IReadOnlyList<ServedPart> served = [.. project.Data.Parts(hour).Select(part => new ServedPart(part))];
        if (!published)
        {
            served = Portion(served, (now - hour) / options.AvailabilityLag);
        }
        var rules = faults.Data(request, project.ApiKey, hour);
        var again = published && rules.Count == 0 && !project.Data.IsInMemory;
        foreach (var rule in rules)
        {
            var before = rule.Fault == FaultKind.RepeatedInHours ? project.Data.Parts(hour.AddHours(-1)) : [];
            served = DataFaults.Apply(rule, new ServedHour(served, before));
        }
        return
        [
            .. served.Select(
                (part, index) => Describe(part, again ? Again(project.Data, hour, index) : Held(part.Part.Gzip))
            ),
        ];
    }

    private HourPart Describe(ServedPart served, Func<ReadOnlyMemory<byte>> open)
    {
        var part = served.Part;
        var member = ZipMember.Of(part.Name, part.Gzip, open, options.Style.Deflated);
        return new HourPart(part.Name, served with { Part = part with { Gzip = default } }, member);
    }

    private static Func<ReadOnlyMemory<byte>> Again(IExportData data, DateTime hour, int index) =>
        () => data.Parts(hour)[index].Gzip;

    private static Func<ReadOnlyMemory<byte>> Held(ReadOnlyMemory<byte> gzip) => () => gzip;

    private static List<ServedPart> Portion(IReadOnlyList<ServedPart> served, double share)
    {
        List<ServedPart> portions = [];
        foreach (var part in served.Select(served => served.Part))
        {
            var lines = GzipFile.Lines(part);
            var count = (int)(lines.Count * share);
            if (count > 0)
            {
                portions.Add(new ServedPart(GzipFile.Part(part.Name, lines[..count])));
            }
        }
        return portions;
    }

    private static ZipMember Member(HourPart part) =>
        part.Served.BadZipCrc ? part.Member with { Crc = ~part.Member.Crc } : part.Member;

    private IEnumerable<(string Name, ZipMember Member)> DayFiles(IEnumerable<HourPart> parts) =>
        parts
            .GroupBy(part => PartName.OfDay(part.Name))
            .Select(day =>
            {
                byte[] gzip = [.. day.SelectMany(part => part.Member.Open().ToArray())];
                return (day.Key, ZipMember.Of(day.Key, gzip, () => gzip, options.Style.Deflated));
            });

    private IEnumerable<ZipMember> Directories(List<HourPart> parts) =>
        options.Style.DirectoryEntry
            ? parts
                .Select(part => part.Name[..(part.Name.IndexOf('/') + 1)])
                .Where(name => name.Length > 1)
                .Distinct()
                .Select(ZipMember.Directory)
            : [];

    private IEnumerable<ZipMember> Order(IEnumerable<(string Name, ZipMember Member)> members)
    {
        var byName = members.OrderBy(member => member.Name, StringComparer.Ordinal);
        return (options.Style.HoursInOrder ? byName.OrderBy(member => PartName.Hour(member.Name)) : byName).Select(
            member => member.Member
        );
    }

    private sealed record HourPart(string Name, ServedPart Served, ZipMember Member);
}
