using System.Globalization;

namespace Waveguide.Cli.Output;

/// <summary>The hours of each day as a row of signs.</summary>
internal sealed class StatusMap(Standing standing)
{
    public const string Legend = """
          ■ confirmed  □ provisional, second look due  · empty  ✗ failed  ▲ too large
          (blank) not loaded, or not wanted
        """;

    /// <param name="days">How many days, the newest ones, are drawn.</param>
    public void Write(TextWriter writer, int days)
    {
        var first = standing.Wanted.From.Midnight;
        var last = standing.Wanted.Until.AddHours(-1).Midnight;
        var from = last.AddHours(-24 * (days - 1));
        writer.WriteLine("              00 03 06 09 12 15 18 21");
        for (var day = from < first ? first : from; day <= last; day = day.AddHours(24))
        {
            writer.WriteLine(Row(day));
        }

        writer.WriteLine(Legend);
        if (from > first)
        {
            writer.WriteLine($"  {Figures.Count((from - first) / 24, "earlier day")} not shown (--days).");
        }
    }

    private string Row(UploadHour day)
    {
        var hours = Enumerable.Range(0, 24).Select(day.AddHours).ToList();
        var signs = string.Concat(hours.Select(hour => Sign(standing.Coverage[hour])));
        var rows = hours.Sum(hour => standing.Coverage[hour]?.Tally.Rows ?? 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {day.Start:yyyy-MM-dd}  {signs}  {Word(standing, hours), -12} {rows, 13:N0} rows"
        );
    }

    /// <summary>What there is to do about these hours.</summary>
    public static string Word(Standing standing, List<UploadHour> hours)
    {
        var wanted = hours.Where(standing.Wanted.Contains).Select(hour => standing.Coverage[hour]).ToList();
        int Count(HourState? state) => wanted.Count(record => record?.State == state);
        return Count(null) > 0 ? $"{Count(null)} missing"
            : Count(HourState.Failed) > 0 ? $"{Count(HourState.Failed)} failed"
            : Count(HourState.TooLarge) > 0 ? $"{Count(HourState.TooLarge)} too large"
            : Count(HourState.Provisional) > 0 ? "provisional"
            : "confirmed";
    }

    public static char Sign(HourRecord? record) =>
        record switch
        {
            null => ' ',
            { State: HourState.Failed } => '✗',
            { State: HourState.TooLarge } => '▲',
            { Tally: { Rows: 0, Rejected: 0 } } => '·',
            { State: HourState.Confirmed } => '■',
            _ => '□',
        };
}
