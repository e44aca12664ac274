namespace Waveguide;

/// <summary>Consecutive upload hours, <paramref name="From"/> included, <paramref name="Until"/> excluded.</summary>
public readonly record struct HourRange(UploadHour From, UploadHour Until)
{
    /// <summary>How many hours the range holds; never negative.</summary>
    public int Count => Math.Max(0, Until - From);

    public bool IsEmpty => Count == 0;

    public static HourRange Single(UploadHour hour) => new(hour, hour.Next);

    public bool Contains(UploadHour hour) => From <= hour && hour < Until;

    public IEnumerable<UploadHour> Hours()
    {
        for (var hour = From; hour < Until; hour = hour.Next)
        {
            yield return hour;
        }
    }

    /// <summary>
    /// Cuts the range into pieces of at most <paramref name="width"/> hours whose inner borders are multiples of that
    /// width after midnight, so that a day is asked for as a day.
    /// </summary>
    public IEnumerable<HourRange> Cut(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        for (var from = From; from < Until; )
        {
            var hourOfDay = from - from.Midnight;
            var border = from.Midnight.AddHours(((hourOfDay / width) + 1) * width);
            var until = border < Until ? border : Until;
            yield return new HourRange(from, until);
            from = until;
        }
    }

    /// <summary>The fewest ranges that hold exactly these hours, in order.</summary>
    public static IReadOnlyList<HourRange> Gather(IEnumerable<UploadHour> hours)
    {
        var ranges = new List<HourRange>();
        foreach (var hour in hours.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Until == hour)
            {
                ranges[^1] = ranges[^1] with { Until = hour.Next };
            }
            else
            {
                ranges.Add(Single(hour));
            }
        }

        return ranges;
    }

    public override string ToString() => $"{From}..{Until}";
}
