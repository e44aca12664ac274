namespace Waveguide.Simulator.Tables;

/// <summary>Computes the dashboard's figures from events, by days in the project's time zone.</summary>
internal sealed class SeriesFigures(EventFacts events, TimeZoneInfo zone, DateTime now)
{
    /// <summary>The days from first to last, both included.</summary>
    public static IReadOnlyList<DateOnly> Days(DateOnly first, DateOnly last) =>
        [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)];

    /// <summary>The first day of the day, week (from Monday) or month that holds a day.</summary>
    public static DateOnly IntervalOf(DateOnly day, int interval) =>
        interval switch
        {
            7 => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            30 => new DateOnly(day.Year, day.Month, 1),
            _ => day,
        };

    /// <summary>Users by group and interval, the largest group first; one group without a property.</summary>
    /// <param name="isNew">Whether only the first event of each user counts.</param>
    public IReadOnlyList<(string Group, IReadOnlyDictionary<DateOnly, int> Users)> Users(
        IReadOnlyList<DateOnly> days,
        int interval,
        bool isNew,
        string? property
    )
    {
        var facts = events.Until(now, property);
        if (isNew)
        {
            facts = facts.GroupBy(fact => fact.User).Select(user => user.MinBy(fact => fact.At));
        }

        var wanted = days.ToHashSet();
        return
        [
            .. facts
                .Where(fact => wanted.Contains(Day(fact.At)))
                .GroupBy(fact => fact.Group)
                .Select(group =>
                    (
                        group.Key,
                        Users: (IReadOnlyDictionary<DateOnly, int>)
                            group
                                .GroupBy(fact => IntervalOf(Day(fact.At), interval))
                                .ToDictionary(one => one.Key, one => one.DistinctBy(fact => fact.User).Count())
                    )
                )
                .OrderByDescending(group => group.Users.Values.Sum())
                .ThenBy(group => group.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The sessions that began on these days.</summary>
    public ILookup<DateOnly, (string User, double Seconds)> Sessions(IReadOnlyList<DateOnly> days)
    {
        var wanted = days.ToHashSet();
        return events
            .Until(now, property: null)
            .Where(fact => fact.Session >= 0)
            .GroupBy(fact => (fact.User, fact.Session))
            .Select(session =>
                (session.Key.User, First: session.Min(fact => fact.At), Last: session.Max(fact => fact.At))
            )
            .Where(session => wanted.Contains(Day(session.First)))
            .ToLookup(
                session => Day(session.First),
                session => (session.User, Math.Min((session.Last - session.First).TotalSeconds, 86_400))
            );
    }

    private DateOnly Day(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
}
