namespace Waveguide;

/// <summary>
/// How many hours one request asks for: narrowed at once when the source cannot deliver, widened again carefully.
/// Airbyte's connector halves too, but forgets it with each window; this one lasts, and is kept with the hours.
/// </summary>
internal sealed class Window(int hours)
{
    private static readonly int[] Widths = [1, 3, 6, 12, Slice.WidestWindow];

    private int _patience = 4;
    private int _full;

    /// <summary>Hours in the widest slice to ask for now.</summary>
    public int Hours { get; private set; } = Widths.LastOrDefault(width => width <= hours, 1);

    /// <summary>To be called when a slice was too large or too slow.</summary>
    public void Narrow(Slice slice)
    {
        var narrower = Widths.LastOrDefault(width => width < slice.Hours.Count, 1);
        if (narrower < Hours)
        {
            Hours = narrower;
            _patience *= 2;
        }

        _full = 0;
    }

    /// <summary>To be called when a slice was loaded; widens after a run of slices that filled the window.</summary>
    /// <returns>Whether the window is wider now.</returns>
    public bool Widen(Slice slice)
    {
        if (slice.Hours.Count < Hours || Hours == Slice.WidestWindow)
        {
            return false;
        }

        _full++;
        if (_full < _patience)
        {
            return false;
        }

        _full = 0;
        Hours = Widths.First(width => width > Hours);
        return true;
    }
}
