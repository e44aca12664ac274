using System.Globalization;

namespace Waveguide.Amplitude.Series;

/// <summary>The days of a slice of a daily table, each labelled by its midnight as if it were a UTC day.</summary>
internal static class SeriesDays
{
    /// <summary>In order; at least one.</summary>
    public static IReadOnlyList<DateOnly> Of(Slice slice) =>
        [.. Enumerable.Range(0, slice.Hours.Count / 24).Select(DateOnly.FromDateTime(slice.Hours.From.Start).AddDays)];

    public static UploadHour Label(DateOnly day) =>
        UploadHour.Of(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    public static string PartName(Table table, DateOnly day) => $"{table.Name}_{Text(day)}.json.gz";

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
