using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude.Series;

/// <summary>How long the sessions of each day were: one question for each day, for the answer has buckets and no days.</summary>
internal sealed partial class SessionLengthReader(DashboardApi api, SeriesQuestion question) : ITableReader
{
    public Table Table => SeriesTables.SessionLengths;

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        var parts = new List<FetchedPart>();
        foreach (var day in SeriesDays.Of(slice))
        {
            var lines = await api.AskAsync(question, day, day, cancellationToken);
            if (lines.Count > 1)
            {
                throw RestAnswer.Odd(Table.Name, $"{lines.Count} series where one is due");
            }

            using var part = PartFile.Create(SeriesDays.Label(day), SeriesDays.PartName(Table, day), place);
            foreach (var (bucket, sessions) in lines.SelectMany(line => line.Points))
            {
                part.Add(Row(day, bucket, sessions));
            }

            parts.Add(part.Finish());
        }

        return new TableAnswer(parts);
    }

    private static JsonObject Row(DateOnly day, string bucket, JsonNode? sessions)
    {
        var bounds = Bounds().Match(bucket);
        return new JsonObject
        {
            ["date"] = SeriesDays.Text(day),
            ["bucket"] = bucket,
            ["from_seconds"] = Seconds(bounds.Groups["from"]),
            ["until_seconds"] = Seconds(bounds.Groups["until"]),
            ["sessions"] = sessions,
        };
    }

    private static JsonNode? Seconds(Group bound) =>
        long.TryParse(bound.ValueSpan, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    [GeneratedRegex("^(?<from>[0-9]+)s-(?<until>[0-9]+)s$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bounds();
}
