using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Waveguide.DuckDb;
using Waveguide.Simulator;

namespace Waveguide.Benchmarks;

/// <summary>
/// <c>waveguide sync</c> of a generated day over loopback to the committed table, beside Python's parsing of the same
/// archive, in turns in one run.
/// </summary>
internal sealed class SyncDay : IDisposable
{
    private static readonly DateTime Day = new(2026, 11, 18, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("waveguide-benchmark-").FullName;
    private string _archives = string.Empty;
    private long _jsonBytes;
    private int _events;

    private string Archive => Path.Combine(_archives, "day.zip");

    public static async Task<SyncDay> PrepareAsync()
    {
        var day = new SyncDay();
        day._archives = Directory.CreateDirectory(Path.Combine(day._folder, "archives")).FullName;
        var traffic = GeneratedTraffic.Create(
            new TrafficOptions
            {
                FromUtc = Day,
                UntilUtc = Day.AddDays(1),
                EventsPerDay = 198_000,
            }
        );
        foreach (var part in Enumerable.Range(0, 24).SelectMany(hour => traffic.Parts(Day.AddHours(hour))))
        {
            day._jsonBytes += part.JsonBytes;
            day._events += part.Events;
        }

        await using var simulated = await ServeAsync(traffic);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("key:secret"u8));
        var bytes = await http.GetByteArrayAsync(
            new Uri(simulated.Address, "/api/2/export?start=20261118T00&end=20261118T23")
        );
        await File.WriteAllBytesAsync(day.Archive, bytes);
        return day;
    }

    public async Task<string> MeasureAsync(int rounds)
    {
        await using var simulated = await ServeAsync(new ArchiveFolder(_archives));
        var sync = new List<Measured>();
        var keep = new List<Measured>();
        var drop = new List<Measured>();
        for (var round = 0; round < rounds; round++)
        {
            sync.Add(await Measured.RunAsync(Sync(simulated.Address)));
            keep.Add(await Measured.RunAsync(Python("keep")));
            drop.Add(await Measured.RunAsync(Python("drop")));
        }

        return Text(sync, keep, drop);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<SimulatedAmplitude> ServeAsync(IExportData data) =>
        SimulatedAmplitude.StartAsync(
            new SimulatorOptions
            {
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

    private ProcessStartInfo Sync(Uri address)
    {
        File.Delete(Path.Combine(_folder, "warehouse.duckdb"));
        var program = Path.Combine(AppContext.BaseDirectory, "Waveguide.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "sync", "--from", "2026-11-18", "--until", "2026-11-19"])
        {
            WorkingDirectory = _folder,
        };
        start.Environment["AMPLITUDE_URL"] = address.ToString();
        start.Environment["AMP_API_KEY"] = "key";
        start.Environment["AMP_SECRET_KEY"] = "secret";
        return start;
    }

    private ProcessStartInfo Python(string mode) =>
        new("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "baseline.py"), Archive, mode]);

    private string Text(List<Measured> sync, List<Measured> keep, List<Measured> drop)
    {
        var zipBytes = new FileInfo(Archive).Length;
        return new StringBuilder()
            .AppendLine("# A day, from the Export API to the committed table")
            .AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{_events:N0} events, {_jsonBytes / 1e6:N0} MB of JSON, {zipBytes / 1e6:N0} MB zip; median of {sync.Count}, in turns in one run."
            )
            .AppendLine()
            .AppendLine("| | seconds | peak memory | beside Waveguide |")
            .AppendLine("|---|---|---|---|")
            .AppendLine(Row("`waveguide sync` over loopback, start of the process and download included", sync, sync))
            .AppendLine(Row("Python, every event parsed and kept", keep, sync))
            .AppendLine(Row("Python, every event parsed and dropped", drop, sync))
            .AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"{Cpu()}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; DuckDB {DuckDbDatabase.LibraryVersion}; Waveguide {ToolVersion.Text}; {RuntimeInformation.OSDescription}."
            )
            .AppendLine("The simulator that serves the archive runs on the same cores.")
            .AppendLine()
            .AppendLine("    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release")
            .ToString();
    }

    private static string Row(string what, List<Measured> measured, List<Measured> ours)
    {
        var median = Median(measured);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {median.Elapsed.TotalSeconds:0.00} | {measured.Max(one => one.PeakBytes) / 1e6:N0} MB | {median.Elapsed / Median(ours).Elapsed:0.0} x |"
        );
    }

    private static Measured Median(List<Measured> measured) =>
        measured.OrderBy(one => one.Elapsed).ElementAt(measured.Count / 2);

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .First(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Split(':')[1]
                .Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
