using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>The days of each month of a daily table as a row of signs.</summary>
internal sealed class DayMap(Standing standing)
{
    /// <param name="days">How many days, the newest ones, are drawn at least: whole months are.</param>
    public void Write(TextWriter writer, int days)
    {
        var (first, last) = (Month(standing.Wanted.From), Month(standing.Wanted.Until.AddHours(-24)));
        var from = Month(standing.Wanted.Until.AddHours(-24 * days));
        writer.WriteLine("           1   5    10   15   20   25   30");
        for (var month = from < first ? first : from; month <= last; month = month.AddMonths(1))
        {
            writer.WriteLine(Row(month));
        }

        writer.WriteLine(StatusMap.Legend);
        if (from > first)
        {
            var earlier = ((from.Year - first.Year) * 12) + from.Month - first.Month;
            writer.WriteLine($"  {Figures.Count(earlier, "earlier month")} not shown (--days).");
        }
    }

    private string Row(DateTime month)
    {
        var days = Enumerable
            .Range(0, DateTime.DaysInMonth(month.Year, month.Month))
            .Select(day => UploadHour.Of(month.AddDays(day)))
            .ToList();
        var signs = string.Concat(days.Select(day => StatusMap.Sign(standing.Coverage[day])));
        var rows = days.Sum(day => standing.Coverage[day]?.Tally.Rows ?? 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {month:yyyy-MM}  {signs, -31}  {StatusMap.Word(standing, days), -12} {rows, 9:N0} rows"
        );
    }

    private static DateTime Month(UploadHour hour) =>
        new(hour.Start.Year, hour.Start.Month, 1, 0, 0, 0, DateTimeKind.Utc);
}
