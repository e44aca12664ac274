namespace Waveguide.Amplitude.Series;

/// <summary>
/// Days, weeks or months of figures. One belongs to the day on which it ends, so that it is asked for when it is over and
/// never stored as final before.
/// </summary>
/// <param name="days">1, 7 or 30; a month that begins on a first has its own length.</param>
internal sealed class SeriesInterval(int days)
{
    public bool IsDay => days == 1;

    /// <summary>The day from which to ask, so that the interval that ends on this day is in the answer as a whole.</summary>
    public DateOnly AskFrom(DateOnly day) => days == 30 ? day.AddDays(-30) : day.AddDays(1 - days);

    /// <summary>Those intervals of an answer that are in it as wholes, and the day on which each ends.</summary>
    /// <param name="starts">Their first days as the answer has them, in order.</param>
    /// <param name="first">Of the days asked for.</param>
    /// <param name="last">Of the days asked for, included.</param>
    public IEnumerable<(DateOnly Start, DateOnly End)> Whole(
        IReadOnlyList<DateOnly> starts,
        DateOnly first,
        DateOnly last
    )
    {
        for (var at = 0; at < starts.Count; at++)
        {
            var start = starts[at];
            var end = days == 30 && start.Day == 1 ? start.AddMonths(1).AddDays(-1) : start.AddDays(days - 1);
            var isWhole = at + 1 < starts.Count ? starts[at + 1] == end.AddDays(1) : end <= last;
            if (start >= first && isWhole)
            {
                yield return (start, end);
            }
        }
    }
}
