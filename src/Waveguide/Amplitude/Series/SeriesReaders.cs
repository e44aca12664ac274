using System.Globalization;
using System.Text.Json.Nodes;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude.Series;

/// <summary>The readers of the dashboard's series, each with the cost of a day of it.</summary>
internal static class SeriesReaders
{
    /// <summary>Conditions of a question that groups by a property (Dashboard REST API, "Endpoint costs").</summary>
    private const int GroupBy = 4;

    /// <summary>Cost of a question about sessions; all others here cost 1 (Dashboard REST API, "Endpoint costs").</summary>
    private const int Sessions = 4;

    public static IEnumerable<ITableReader> Of(RequestSender sender, AmplitudeOptions options, DashboardBudget budget)
    {
        var api = new DashboardApi(sender, options, budget);
        yield return ActiveUsers(api, options.ActiveUsers);
        yield return SessionSeries(api, SeriesTables.AverageSessionLength, "sessions/average", "seconds");
        yield return SessionSeries(api, SeriesTables.SessionsPerUser, "sessions/peruser", "sessions");
        yield return new SessionLengthReader(
            api,
            new SeriesQuestion(
                SeriesTables.SessionLengths.Name,
                "sessions/length",
                Sessions,
                Bins(options.SessionLengths)
            )
        );
    }

    private static SeriesReader ActiveUsers(DashboardApi api, ActiveUsersOptions wanted)
    {
        var group = wanted.GroupBy is { } property ? $"&g={Uri.EscapeDataString(property)}" : string.Empty;
        var question = new SeriesQuestion(
            SeriesTables.ActiveUsers.Name,
            "users",
            wanted.GroupBy is null ? 1 : GroupBy,
            string.Create(CultureInfo.InvariantCulture, $"&m={wanted.Metric}&i={wanted.Interval}{group}")
        );
        return new SeriesReader(api, SeriesTables.ActiveUsers, question, "users")
        {
            Interval = new SeriesInterval(wanted.Interval),
            Same = new JsonObject
            {
                ["metric"] = wanted.Metric,
                ["interval"] = wanted.Interval,
                ["group_by"] = wanted.GroupBy,
            },
        };
    }

    private static SeriesReader SessionSeries(DashboardApi api, Table table, string path, string value) =>
        new(api, table, new SeriesQuestion(table.Name, path, Sessions), value);

    private static string Bins(SessionLengthBins? bins) =>
        bins is null
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $"&timeHistogramConfigBinTimeUnit={bins.TimeUnit}&timeHistogramConfigBinMin={bins.Min}&timeHistogramConfigBinMax={bins.Max}"
            )
                + (
                    bins.Size is { } size
                        ? string.Create(CultureInfo.InvariantCulture, $"&timeHistogramConfigBinSize={size}")
                        : string.Empty
                );
}
