using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Waveguide.Simulator.Tables;

/// <summary>The buckets of session lengths (Dashboard REST API, "Session length distribution"); whole seconds.</summary>
internal static class LengthBins
{
    private const int MostBins = 10_000;

    private static readonly int[] Bounds = [0, 3, 10, 30, 60, 180, 600, 1_800, 3_600, 86_400];

    /// <summary>Those asked for; the nine default ones if they are asked for in part or in vain.</summary>
    public static IReadOnlyList<(int From, int Until)> Of(IQueryCollection query)
    {
        var unit = query["timeHistogramConfigBinTimeUnit"].ToString() switch
        {
            "hours" => 3_600,
            "minutes" => 60,
            "seconds" => 1,
            _ => 0,
        };
        var (min, max) = (Number(query, "Min"), Number(query, "Max"));
        if (unit == 0 || min is not >= 0 || max <= min || max is null)
        {
            return [.. Bounds.Zip(Bounds.Skip(1))];
        }

        var size = Number(query, "Size") ?? Math.Max(1, (max.Value - min.Value) / 10);
        return size < 1 || (max - min) / size > MostBins
            ? [.. Bounds.Zip(Bounds.Skip(1))]
            :
            [
                .. Enumerable
                    .Range(0, (max.Value - min.Value + size - 1) / size)
                    .Select(at => (min.Value + (at * size), Math.Min(max.Value, min.Value + ((at + 1) * size))))
                    .Select(bin => (bin.Item1 * unit, bin.Item2 * unit)),
            ];
    }

    private static int? Number(IQueryCollection query, string name) =>
        int.TryParse(query[$"timeHistogramConfigBin{name}"], CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
