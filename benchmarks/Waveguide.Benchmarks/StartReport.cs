using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Waveguide.Benchmarks;

/// <summary>How long the published program takes to answer at all.</summary>
internal static class StartReport
{
    private const int Rounds = 21;

    public static async Task<string> WriteAsync(Published program, string folder)
    {
        await YearReport.BackfillAsync(program, folder, await Year.MakeAsync(), long.MaxValue);
        var size = new FileInfo(Path.Combine(folder, "warehouse.duckdb")).Length;
        return new StringBuilder("# From the command to the answer\n\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"On a warehouse with a year of hours ({Year.Hours:N0}; {size / 1e6:N0} MB), {Rounds} calls of each.\n\n"
            )
            .Append("| | median, ms | slowest, ms | peak memory |\n|---|---|---|---|\n")
            .Append(Row("waveguide --version", await CallsAsync(() => program.Call(folder, "--version"))))
            .Append(Row("waveguide status", await CallsAsync(() => program.Call(folder, "status"))))
            .Append(CultureInfo.InvariantCulture, $"\n{Report.Machine()}\n")
            .Append("The program is published and compiled ahead of time; every call is a process of its own.\n\n")
            .Append("    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release -- start\n")
            .ToString();
    }

    private static async Task<List<Measured>> CallsAsync(Func<ProcessStartInfo> call)
    {
        var measured = new List<Measured>();
        for (var round = 0; round < Rounds; round++)
        {
            measured.Add(await Measured.RunAsync(call()));
        }

        return measured;
    }

    private static string Row(string name, List<Measured> measured) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| `{name}` | {Report.Median(measured).TotalMilliseconds:0} | {measured.Max(one => one.Elapsed).TotalMilliseconds:0} | {measured.Max(one => one.PeakBytes) / 1e6:N0} MB |\n"
        );
}
