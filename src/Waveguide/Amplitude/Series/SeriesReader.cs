using System.Globalization;
using System.Text.Json.Nodes;
using Waveguide.Amplitude.Tables;
using Waveguide.Http;

namespace Waveguide.Amplitude.Series;

/// <summary>Figures by day: one question for all days of a slice, and one part for each day that has rows.</summary>
/// <param name="value">The column of the figures.</param>
internal sealed class SeriesReader(DashboardApi api, Table table, SeriesQuestion question, string value) : ITableReader
{
    public Table Table => table;

    /// <summary>Of the points of the series: days by default.</summary>
    public SeriesInterval Interval { get; init; } = new(1);

    /// <summary>Values of further columns, the same in every row.</summary>
    public JsonObject Same { get; init; } = [];

    public async Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken)
    {
        var days = SeriesDays.Of(slice);
        var (first, last) = (Interval.AskFrom(days[0]), days[^1]);
        var lines = await api.AskAsync(question, first, last, cancellationToken);
        var starts = lines.Count == 0 ? [] : lines[0].Points.Select(point => Day(point.X)).ToList();
        var whole = Interval.Whole(starts, first, last).ToDictionary(one => one.End, one => one.Start);
        var parts = new List<FetchedPart>();
        foreach (var day in days.Where(whole.ContainsKey))
        {
            using var part = PartFile.Create(SeriesDays.Label(day), SeriesDays.PartName(table, day), place);
            foreach (var line in lines)
            {
                part.Add(Row(line, whole[day], starts.IndexOf(whole[day])));
            }

            parts.Add(part.Finish());
        }

        return new TableAnswer(parts) { Notices = Notices(days.Except(starts).ToList(), lines.Count) };
    }

    private JsonObject Row(SeriesLine line, DateOnly start, int at)
    {
        var row = (JsonObject)line.Facts.DeepClone();
        row["date"] = SeriesDays.Text(start);
        row[value] = line.Points[at].Value?.DeepClone();
        if (table.PrimaryKey.Contains("segment", StringComparer.Ordinal))
        {
            row["segment"] = line.Segment ?? "all";
        }

        foreach (var (name, same) in Same)
        {
            row[name] = same?.DeepClone();
        }

        return row;
    }

    /// <summary>Amplitude answers every day, with zero where nothing was; a day left out would otherwise go unnoticed.</summary>
    private string[] Notices(List<DateOnly> leftOut, int series) =>
        leftOut.Count == 0 || !Interval.IsDay || series == 0
            ? []
            :
            [
                $"has no figures for {leftOut.Count} {(leftOut.Count == 1 ? "day" : "days")}, the first {SeriesDays.Text(leftOut[0])}, which Amplitude's answer leaves out",
            ];

    private DateOnly Day(string text) =>
        DateOnly.TryParseExact(
            text.Length > 10 ? text[..10] : text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw RestAnswer.Odd(table.Name, "a series by something else than days");
}
