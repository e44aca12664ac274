using System.Globalization;
using System.IO.Compression;
using Waveguide.Simulator;

namespace Waveguide.Benchmarks;

/// <summary>A year of small hours, of a hundred events each.</summary>
internal static class Year
{
    public const int Hours = 8_760;
    public const int EventsAnHour = 100;

    public static readonly UploadHour From = UploadHour.Parse("2025-07-09");

    /// <summary>The events of one generated hour in every hour, with uuids of their own.</summary>
    public static async Task<MemoryData> MakeAsync()
    {
        var lines = await LinesAsync();
        var data = new MemoryData();
        Parallel.For(0, Hours, hour => data.Add(From.AddHours(hour).Start, shard: 0, [.. Numbered(lines, hour)]));
        return data;
    }

    private static async Task<List<string>> LinesAsync()
    {
        var noon = From.AddHours(12).Start;
        var traffic = GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = noon,
                UntilUtc = noon.AddHours(1),
                EventsPerDay = 10 * 24 * EventsAnHour,
                Shards = 1,
            }
        );
        using var part = new MemoryStream(traffic.Parts(noon).Single().Gzip.ToArray());
        using var reader = new StreamReader(new GZipStream(part, CompressionMode.Decompress));
        var lines = new List<string>();
        while (lines.Count < EventsAnHour && await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static IEnumerable<byte[]> Numbered(List<string> lines, int hour)
    {
        const string key = "\"uuid\":\"";
        var number = hour.ToString("x8", CultureInfo.InvariantCulture);
        foreach (var line in lines)
        {
            var at = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
            yield return System.Text.Encoding.UTF8.GetBytes(line[..at] + number + line[(at + number.Length)..]);
        }
    }
}
