namespace Waveguide.Simulator.Traffic;

/// <summary>Works out any visit from its key alone.</summary>
internal sealed class VisitPlanner(World world, TrafficOptions options, Rhythm rhythm)
{
    private const long HourLength = 3_600_000;
    private const double EndsInTime = 0.06;
    private readonly List<PlannedEvent> _previous = [];

    /// <summary>Fills in the visit's events in order of time, the late end of the visit before among them.</summary>
    public Visitor Plan(VisitKey key, List<PlannedEvent> events)
    {
        events.Clear();
        var (first, count) = key.Origin(options.Seed, rhythm);
        var visitor = new Visitor(world, options, first.Hash(options.Seed, 3));
        var late = key.Previous(options.Seed, rhythm) is { } previous ? LateEnd(previous, visitor, count) : null;
        if (late is { } end)
        {
            events.Add(end);
        }
        Journeyed(key, visitor, count, events);
        Upload(events, late is null ? 0 : 1);
        return visitor;
    }

    private void Journeyed(VisitKey key, Visitor visitor, int count, List<PlannedEvent> events)
    {
        var dice = new Dice(key.Hash(options.Seed, 4));
        var visit = new Visit(visitor, events);
        visit.Begin(key.Hour * HourLength + dice.Below(3_590_000), count * 64 + events.Count);
        Journey.Run(visit, ref dice);
        if (SentItsEnd(key))
        {
            visit.Add(EventKind.SessionEnd, ref dice);
        }
    }

    private bool SentItsEnd(VisitKey key) => Dice.Share(key.Hash(options.Seed, 5)) < EndsInTime;

    /// <summary>The end of a visit that only its successor sends.</summary>
    private PlannedEvent? LateEnd(VisitKey key, Visitor visitor, int count)
    {
        if (SentItsEnd(key))
        {
            return null;
        }
        _previous.Clear();
        Journeyed(key, visitor, count - 1, _previous);
        var last = _previous[^1];
        return last with
        {
            Kind = EventKind.SessionEnd,
            SessionId = _previous[0].SessionId,
            EventId = count * 64 - 1,
            Element = null,
            TitleOf = null,
            Salt = Dice.Mix(last.Salt),
        };
    }

    /// <summary>Events within a second go up together; the late end goes with the first of them.</summary>
    private static void Upload(List<PlannedEvent> events, int firstOfVisit)
    {
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events);
        var batch = (Start: long.MinValue, Received: 0L, Salt: 0UL);
        for (var index = firstOfVisit; index < span.Length; index++)
        {
            var planned = span[index];
            if (planned.Time > batch.Start + 1_000)
            {
                batch = (planned.Time, planned.Time + 1_000 + (long)(planned.Salt % 420), planned.Salt);
            }
            span[index] = With(planned, batch.Received, batch.Salt);
        }
        if (firstOfVisit == 1)
        {
            span[0] = With(span[0], span[1].Received, span[1].Salt);
        }
    }

    /// <summary>The low bits of the salt decide the server's delays, which a batch has in common.</summary>
    private static PlannedEvent With(PlannedEvent planned, long received, ulong salt) =>
        planned with
        {
            Received = received,
            Salt = (planned.Salt & ~0xFFFFFUL) | (salt & 0xFFFFFUL),
        };
}
