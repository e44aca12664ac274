namespace Waveguide.Simulator.Traffic;

/// <summary>A visit while it is planned: what happened so far, and the time.</summary>
internal sealed class Visit(Visitor visitor, List<PlannedEvent> events)
{
    /// <summary>A visit ends within this time, so that it lies in its own hour and the next.</summary>
    public const long Longest = 55 * 60_000;

    private const int MostEvents = 60;
    private long _start;
    private int _eventId;

    public Visitor Visitor { get; } = visitor;

    public Site Site => Visitor.Site;

    public long Now { get; private set; }

    public long SessionId { get; private set; }

    public SitePage Page { get; private set; } = visitor.Site.Home;

    public SitePage Before { get; private set; } = visitor.Site.Home;

    public int Views { get; private set; }

    public bool IsSecondAccount { get; set; }

    public bool IsOver => events.Count >= MostEvents || Now - _start > Longest - 240_000;

    public void Begin(long time, int eventId)
    {
        (_start, Now, _eventId) = (time, time, eventId);
        SessionId = time + Visitor.Clock.Offset + Visitor.Clock.Hidden;
    }

    public void Pass(long milliseconds) => Now = Math.Min(Now + milliseconds, _start + Longest);

    public void View(SitePage page, ref Dice dice)
    {
        (Before, Page) = (Page, page);
        Views++;
        Add(EventKind.PageViewed, ref dice, number: Views);
        if (dice.Chance(0.05))
        {
            events[^1] = events[^1] with { TitleOf = Before };
        }
    }

    public void Add(EventKind kind, ref Dice dice, Element? element = null, int number = 0)
    {
        events.Add(
            new PlannedEvent
            {
                Kind = kind,
                Time = Now,
                SessionId = kind == EventKind.ServerSide ? -1 : SessionId,
                Page = Page,
                Element = element,
                Number = number,
                EventId = kind == EventKind.ServerSide ? dice.Between(100_000_000, 999_999_999) : _eventId++,
                IsEntry = kind == EventKind.PageViewed && number == 1,
                StartsRage = kind == EventKind.Clicked && number == 1,
                IsSecondAccount = IsSecondAccount,
                Salt = dice.Next(),
            }
        );
    }
}
