using System.Globalization;
using System.IO.Compression;
using Waveguide.Simulator;

namespace Waveguide.Benchmarks;

/// <summary>A generated day as one archive and as its parts, in a folder that is deleted at the end.</summary>
internal sealed record Day(string Folder, int Events, long JsonBytes) : IDisposable
{
    public static readonly UploadHour From = UploadHour.Parse("2026-11-18");

    public string Archives => Path.Combine(Folder, "archives");

    public string Archive => Path.Combine(Archives, "day.zip");

    /// <param name="size">About so many thousand events.</param>
    public static async Task<Day> MakeAsync(int size)
    {
        var folder = Directory.CreateTempSubdirectory("waveguide-benchmark-").FullName;
        var start = From.Start;
        var traffic = GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = start,
                UntilUtc = start.AddDays(1),
                EventsPerDay = size * 825,
            }
        );
        var parts = Enumerable.Range(0, 24).SelectMany(hour => traffic.Parts(start.AddHours(hour)));
        var (events, bytes) = parts.Aggregate(
            (0, 0L),
            (sum, part) => (sum.Item1 + part.Events, sum.Item2 + part.JsonBytes)
        );
        var day = new Day(folder, events, bytes);
        Directory.CreateDirectory(day.Archives);
        await DownloadAsync(traffic, day.Archive);
        Unpack(day);
        return day;
    }

    public static Task<SimulatedAmplitude> ServeAsync(IExportData data, long sizeLimitBytes = long.MaxValue) =>
        SimulatedAmplitude.StartAsync(
            new SimulatorOptions
            {
                SizeLimitBytes = sizeLimitBytes,
                Projects =
                [
                    new SimulatedProject
                    {
                        ApiKey = "key",
                        SecretKey = "secret",
                        Data = data,
                    },
                ],
            }
        );

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task DownloadAsync(IExportData traffic, string path)
    {
        await using var simulated = await ServeAsync(traffic);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("key:secret"u8));
        await using var body = await http.GetStreamAsync(
            new Uri(simulated.Address, "/api/2/export?start=20261118T00&end=20261118T23")
        );
        await using var file = File.Create(path);
        await body.CopyToAsync(file);
    }

    private static void Unpack(Day day)
    {
        var folder = Directory.CreateDirectory(Path.Combine(day.Folder, "parts")).FullName;
        using var archive = ZipFile.OpenRead(day.Archive);
        foreach (var (number, member) in archive.Entries.Where(entry => entry.Length > 0).Index())
        {
            member.ExtractToFile(Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture) + ".json.gz"));
        }
    }
}
