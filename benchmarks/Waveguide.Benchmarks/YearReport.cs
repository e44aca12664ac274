using System.Globalization;
using System.Text;

namespace Waveguide.Benchmarks;

/// <summary>What the published program takes for a year of small hours.</summary>
internal static class YearReport
{
    public static async Task<string> WriteAsync(Published program, string folder)
    {
        var data = await Year.MakeAsync();
        var hour = data.Parts(Year.From.Start).Sum(part => part.JsonBytes);
        var days = await BackfillAsync(program, Path.Combine(folder, "days"), data, long.MaxValue);
        var hours = await BackfillAsync(program, Path.Combine(folder, "hours"), data, hour * 3 / 2);
        return new StringBuilder("# A year of small hours\n\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"`waveguide backfill` of {Year.Hours:N0} hours with {Year.EventsAnHour} events each, over loopback.\n\n"
            )
            .Append("| | seconds | ms an hour | processor ms an hour | peak memory |\n|---|---|---|---|---|\n")
            .Append(Row("a request and a commit a day", days))
            .Append(Row("a request and a commit an hour, for more is refused as too large", hours))
            .Append(CultureInfo.InvariantCulture, $"\n{Report.Machine()}\n")
            .Append(
                "The program is published and compiled ahead of time. The simulator that serves it runs on the same\n"
            )
            .Append("cores, and the time for its answers is in the seconds.\n\n")
            .Append("    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release -- year\n")
            .ToString();
    }

    /// <param name="sizeLimit">Bytes above which the simulated Amplitude refuses an answer.</param>
    public static async Task<Measured> BackfillAsync(
        Published program,
        string workplace,
        Simulator.IExportData data,
        long sizeLimit
    )
    {
        Directory.CreateDirectory(workplace);
        await using var simulated = await Day.ServeAsync(data, sizeLimit);
        var until = Year.From.AddHours(Year.Hours);
        var call = program.Call(workplace, "backfill", "--from", $"{Year.From}", "--until", $"{until}", "--quiet");
        return await Measured.RunAsync(Commands.Connected(call, simulated.Address));
    }

    private static string Row(string name, Measured measured) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {measured.Elapsed.TotalSeconds:0.0} | {measured.Elapsed.TotalMilliseconds / Year.Hours:0.0} | {measured.Processor.TotalMilliseconds / Year.Hours:0.0} | {measured.PeakBytes / 1e6:N0} MB |\n"
        );
}
