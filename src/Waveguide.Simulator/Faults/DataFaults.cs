using System.Buffers.Binary;
using System.Text;
using Waveguide.Simulator.Archive;

namespace Waveguide.Simulator.Faults;

/// <summary>Faults of an hour's files.</summary>
internal static class DataFaults
{
    public static IReadOnlyList<ServedPart> Apply(FaultRule rule, ServedHour hour)
    {
        if (hour.Parts.Count == 0 && rule.Fault != FaultKind.RepeatedInHours)
        {
            return hour.Parts;
        }
        return rule.Fault switch
        {
            FaultKind.LateHour => [],
            FaultKind.DuplicateInShards => Duplicate(hour.Parts),
            FaultKind.RepeatedInHours => Repeat(hour),
            FaultKind.DayFile => [.. hour.Parts.Select(served => served with { GroupByDay = true })],
            FaultKind.LateRows when hour.Parts[0].Part.Events <= (rule.Rows ?? 1) => [.. hour.Parts.Skip(1)],
            _ => [First(rule, hour.Parts[0]), .. hour.Parts.Skip(1)],
        };
    }

    private static ServedPart First(FaultRule rule, ServedPart served)
    {
        var part = served.Part;
        return rule.Fault switch
        {
            FaultKind.BadZipCrc => served with { BadZipCrc = true },
            FaultKind.BadGzipCrc => served with { Part = part with { Gzip = WithBadTrailer(part.Gzip) } },
            FaultKind.TruncatedGzip => served with
            {
                Part = part with { Gzip = part.Gzip[..(part.Gzip.Length * 3 / 5)] },
            },
            FaultKind.HostileName => served with { Part = part with { Name = rule.Name ?? "../../outside.json.gz" } },
            _ => served with { Part = GzipFile.Part(part.Name, Lines(rule, part)) },
        };
    }

    private static List<byte[]> Lines(FaultRule rule, ExportPart part)
    {
        var lines = GzipFile.Lines(part);
        if (RowFaults.Rewrites(rule.Fault))
        {
            return RowFaults.Apply(rule, lines);
        }
        return rule.Fault == FaultKind.LateRows
            ? [.. lines.Skip(rule.Rows ?? 1)]
            : [Encoding.UTF8.GetBytes(rule.Text ?? "{\"uuid\":\"cut in the mid"), .. lines];
    }

    private static ServedPart[] Duplicate(IReadOnlyList<ServedPart> parts)
    {
        var row = GzipFile.Lines(parts[0].Part)[..1];
        if (parts.Count == 1)
        {
            var other = PartName.Shard(parts[0].Part.Name, 912);
            return [parts[0], parts[0] with { Part = GzipFile.Part(other, row) }];
        }
        var second = parts[1] with
        {
            Part = GzipFile.Part(parts[1].Part.Name, [.. GzipFile.Lines(parts[1].Part), .. row]),
        };
        return [parts[0], second, .. parts.Skip(2)];
    }

    private static IReadOnlyList<ServedPart> Repeat(ServedHour hour)
    {
        if (hour.Before.Count == 0 || hour.Parts.Count == 0)
        {
            return hour.Parts;
        }
        var first = hour.Parts[0];
        List<byte[]> lines = [.. GzipFile.Lines(hour.Before[0])[..1], .. GzipFile.Lines(first.Part)];
        return [first with { Part = GzipFile.Part(first.Part.Name, lines) }, .. hour.Parts.Skip(1)];
    }

    private static byte[] WithBadTrailer(ReadOnlyMemory<byte> gzip)
    {
        var bytes = gzip.ToArray();
        var trailer = bytes.AsSpan(bytes.Length - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, ~BinaryPrimitives.ReadUInt32LittleEndian(trailer));
        return bytes;
    }
}
