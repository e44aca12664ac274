using System.Globalization;
using System.Text;

namespace Waveguide.Benchmarks;

/// <summary>What the published program takes to run the models on ten generated days, and then on one hour more.</summary>
internal static class ModelsReport
{
    private const int SlowestShown = 12;

    public static async Task<string> WriteAsync(Published program, string folder)
    {
        var days = TenDays.In(Path.Combine(folder, "days"), program);
        await days.LandAllButOneHourAsync();
        await RangeSet.WriteAsync(days.Folder);
        var enriching = await days.CallAsync("enrich", "ip", "--from", RangeSet.File);
        var before = await days.EventsAsync();
        var whole = await days.CallAsync("transform");
        var wholeModels = await days.ModelsAsync();
        await days.LandTheLastHourAsync();
        var added = await days.EventsAsync() - before;
        var hour = await days.CallAsync("transform");
        var hourModels = await days.ModelsAsync();
        var nothing = await days.CallAsync("transform");
        var lookUp = await RangeSet.LookUpAsync(program, Path.Combine(folder, "addresses"));
        return new StringBuilder("# From events to answers\n\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"{before:N0} events of ten generated days, {RangeSet.Ranges:N0} ranges of addresses.\n\n"
            )
            .Append("| | seconds | of the first row | processor seconds | peak memory |\n|---|---|---|---|---|\n")
            .Append(Row("`waveguide transform`: every model, every check", whole, whole))
            .Append(Row($"the same after one more hour, with {added:N0} events", hour, whole))
            .Append(Row("the same after nothing", nothing, whole))
            .Append(Row("`waveguide enrich ip` of the ranges, half of them IPv6", enriching, whole))
            .Append(
                CultureInfo.InvariantCulture,
                $"| the lookup of {RangeSet.Addresses:N0} distinct addresses, half of them IPv6 (the model `address_networks`) | {lookUp:0.0} | | | |\n\n"
            )
            .Append(CultureInfo.InvariantCulture, $"The slowest {SlowestShown} models, in seconds:\n\n")
            .Append("| model | all | the hour |\n|---|---|---|\n")
            .AppendJoin("", Slowest(wholeModels, hourModels))
            .Append(CultureInfo.InvariantCulture, $"\n{Report.Machine()}\n")
            .Append(
                "The program is published and compiled ahead of time; each row of the first table is a process of its own.\n\n"
            )
            .Append("    dotnet run --project benchmarks/Waveguide.Benchmarks -c Release -- models\n")
            .ToString();
    }

    private static string Row(string name, Measured measured, Measured whole) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {measured.Elapsed.TotalSeconds:0.0} | {measured.Elapsed / whole.Elapsed * 100:0.0} % | {measured.Processor.TotalSeconds:0.0} | {measured.PeakBytes / 1e6:N0} MB |\n"
        );

    private static IEnumerable<string> Slowest(
        IReadOnlyDictionary<string, double> whole,
        IReadOnlyDictionary<string, double> hour
    ) =>
        whole
            .OrderByDescending(model => model.Value)
            .Take(SlowestShown)
            .Select(model =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| `{model.Key}` | {model.Value:0.00} | {hour[model.Key]:0.00} |\n"
                )
            );
}
