using System.Globalization;
using System.Text;

namespace Waveguide.Cli.Output;

/// <summary>The hours of each day as a row of signs.</summary>
internal sealed class StatusMap(Standing standing)
{
    private const string Legend =
        "  ■ confirmed  □ provisional, second look due  · empty  ✗ failed  ▲ too large\n  (blank) not loaded, or not due yet";

    /// <param name="days">How many days, the newest ones, are drawn.</param>
    public void Write(TextWriter writer, int days)
    {
        var first = standing.Wanted.From.Midnight;
        var last = standing.Wanted.Until.AddHours(-1).Midnight;
        var from = last.AddHours(-24 * (days - 1));
        writer.WriteLine("              00    03    06    09    12    15    18    21");
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
        var records = Enumerable.Range(0, 24).Select(hour => standing.Coverage[day.AddHours(hour)]).ToList();
        var signs = new StringBuilder();
        foreach (var record in records)
        {
            signs.Append(Sign(record)).Append(Sign(record) == ' ' ? ' ' : Sign(record));
        }

        var rows = records.Sum(record => record?.Tally.Rows ?? 0);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"  {day.Start:yyyy-MM-dd}  {signs}  {Word(day, records), -13}{rows, 11:N0} rows"
        );
        return text.TrimEnd();
    }

    private string Word(UploadHour day, List<HourRecord?> records)
    {
        var due = Enumerable
            .Range(0, 24)
            .Count(hour => standing.Wanted.Contains(day.AddHours(hour)) && records[hour] is null);
        var failed = records.Count(record => record?.State == HourState.Failed);
        var tooLarge = records.Count(record => record?.State == HourState.TooLarge);
        return due > 0 ? $"{due} missing"
            : failed > 0 ? $"{failed} failed"
            : tooLarge > 0 ? $"{tooLarge} too large"
            : records.Exists(record => record?.State == HourState.Provisional) ? "provisional"
            : "confirmed";
    }

    private static char Sign(HourRecord? record) =>
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
