using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Waveguide.DuckDb;
using Waveguide.Simulator;

namespace Waveguide.Benchmarks;

/// <summary>The whole measurement, each row in turn in every round, as text.</summary>
internal sealed class Report(Published waveguide, Published works)
{
    private const string Table = "zip on disk to committed table, every CRC checked";
    private const string ReadJson =
        "(a) DuckDB's own `read_json` of the unpacked parts, same 55 typed columns, to a table";
    private const string Python = "(b) Python's `zipfile`, `gzip` and `json.loads`, events kept";

    public async Task<string> WriteAsync(int rounds)
    {
        using var day = await Day.MakeAsync(240);
        using var tenfold = await Day.MakeAsync(2_400);
        var small = await MeasureAsync(day, rounds, full: true);
        var large = await MeasureAsync(tenfold, rounds: 1, full: false);
        var text = new StringBuilder("# One day, from Amplitude's archive to rows that can be queried\n\n");
        AppendTable(text, day, small, $"median of {rounds}, in turns in one run");
        AppendTable(text, tenfold, large, "ten times as many in one slice; one round");
        return text.Append(CultureInfo.InvariantCulture, $"{Machine()}\n")
            .Append(
                "Each row is a process of its own, its start included; memory is its largest resident size. All programs but\n"
            )
            .Append(
                "Python's are published and compiled ahead of time, (a) in the same one as the rows above it. The simulator that\n"
            )
            .Append(
                "serves `waveguide sync` runs on the same cores. Parquet comes in files of 122,880 rows, as a lake has one an hour.\n\n"
            )
            .Append("    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release\n")
            .ToString();
    }

    private async Task<Dictionary<string, List<Measured>>> MeasureAsync(Day day, int rounds, bool full)
    {
        await using var simulated = await Day.ServeAsync(new ArchiveFolder(day.Archives));
        var rows = new Dictionary<string, List<Measured>>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, start) in Rows(day, simulated.Address, full))
            {
                var measured = await Measured.RunAsync(start());
                rows[name] = [.. rows.GetValueOrDefault(name, []), measured];
            }
        }

        return rows;
    }

    private IEnumerable<(string Name, Func<ProcessStartInfo> Start)> Rows(Day day, Uri address, bool full)
    {
        yield return (Table, () => Commands.Work(works, "table", day));
        yield return ("zip on disk to Parquet (zstd)", () => Commands.Work(works, "parquet", day));
        yield return ("the scan alone", () => Commands.Work(works, "scan", day));
        yield return (
            "`waveguide sync` over loopback, download included",
            () => Commands.Sync(waveguide, day, address)
        );
        yield return (ReadJson, () => Commands.Work(works, "read_json", day));
        if (full)
        {
            yield return (Python, () => Commands.Python(day, "keep"));
            yield return ("Python, each event dropped at once", () => Commands.Python(day, "drop"));
        }

        yield return ("(c) gunzip alone", () => Commands.Work(works, "gunzip", day));
    }

    private static void AppendTable(StringBuilder text, Day day, Dictionary<string, List<Measured>> rows, string how)
    {
        var zip = new FileInfo(day.Archive).Length;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{day.Events:N0} events, {day.JsonBytes / 1e6:N0} MB of JSON, {zip / 1e6:N0} MB zip; {how}.\n\n"
        );
        text.Append("| | seconds | peak memory | beside (a) | beside (b) |\n|---|---|---|---|---|\n");
        foreach (var (name, measured) in rows)
        {
            var median = Median(measured);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {median.TotalSeconds:0.00} | {measured.Max(one => one.PeakBytes) / 1e6:N0} MB | {Share(median, rows, ReadJson)} | {Share(median, rows, Python)} |\n"
            );
        }

        text.Append('\n');
    }

    private static string Share(TimeSpan median, Dictionary<string, List<Measured>> rows, string baseline) =>
        rows.TryGetValue(baseline, out var measured)
            ? string.Create(CultureInfo.InvariantCulture, $"{median / Median(measured):0.00} x")
            : "";

    public static TimeSpan Median(IReadOnlyList<Measured> measured) =>
        measured.Select(one => one.Elapsed).Order().ElementAt(measured.Count / 2);

    public static string Machine() =>
        $"{Cpu()}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; "
        + $"DuckDB {DuckDbDatabase.LibraryVersion}; Waveguide {ToolVersion.Text}; {RuntimeInformation.OSDescription}.";

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .First(line => line.StartsWith("model name", StringComparison.Ordinal))
                .Split(':')[1]
                .Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
