using System.Globalization;
using System.Text.Json;

namespace Waveguide.Simulator.Tables;

/// <summary>The body of a series, with the keys that real answers have beside the documented ones.</summary>
internal static class SeriesBody
{
    private static readonly int[] Collapsed = [0];
    private static readonly string[] Queries = ["dp5pvE6BGH"];

    /// <summary>What stands for the name of the only series.</summary>
    public static object[] OneLabel => [0];

    /// <param name="labels">One for each series.</param>
    public static string Text(object[][] series, object[] labels, IEnumerable<string> marks) =>
        JsonSerializer.Serialize(
            new
            {
                withSets = true,
                data = new
                {
                    xValues = marks,
                    series,
                    seriesCollapsed = series.Select(_ => Collapsed),
                    seriesLabels = labels,
                    seriesMeta = labels.Select((_, at) => new { segmentIndex = at }),
                },
                timeComputed = 1_643_750_191_615,
                wasCached = false,
                cacheFreshness = "FRESH",
                novaRuntime = 173,
                novaRequestDuration = 214,
                novaCost = 6,
                throttleTime = 2,
                minSampleRate = 1,
                transformationIds = Array.Empty<string>(),
                backend = "novaV2",
                realtimeDataMissing = false,
                prunedResult = false,
                hitChunkGroupByLimit = false,
                queryIds = Queries,
            }
        );

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
