namespace Waveguide.Tests.Simulation;

/// <summary>What Amplitude holds, and what of it was served and committed so far; checks each step.</summary>
internal sealed class World
{
    public static readonly UploadHour First = UploadHour.Parse("2025-07-07");

    private const int BigHour = 40;

    private readonly Dictionary<UploadHour, IReadOnlyList<(string Uuid, DateTimeOffset Visible)>> _rows = [];
    private readonly Dictionary<UploadHour, HashSet<string>> _served = [];
    private Coverage _ledger = new([]);
    private int _open;

    public World(int seed)
    {
        Dice = new Random(seed);
        Hours = new HourRange(First, First.AddHours(Dice.Next(1, 80)));
        LargestAnswer = Dice.Next(3) == 0 ? Dice.Next(4, 30) : int.MaxValue;
        foreach (var hour in Hours.Hours())
        {
            _rows[hour] = [.. Enumerable.Range(0, Rows()).Select(row => ($"{hour}-{row}", Visible(hour)))];
        }

        if (LargestAnswer < BigHour && Dice.Next(2) == 0)
        {
            var hour = First.AddHours(Dice.Next(Hours.Count));
            _rows[hour] = [.. Enumerable.Range(0, BigHour).Select(row => ($"{hour}-{row}", Published(hour)))];
        }

        Clock = new ImpatientClock(Published(First));
    }

    public Random Dice { get; }

    public ImpatientClock Clock { get; }

    public HourRange Hours { get; }

    /// <summary>Rows above which an answer is refused as too large.</summary>
    public int LargestAnswer { get; }

    public Availability Availability { get; } = new();

    /// <summary>Whether nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Whether this run may ask for confirmed hours.</summary>
    public bool Again { get; set; }

    /// <summary>Slices that are on disk.</summary>
    public int Held { get; set; }

    public int Requests { get; private set; }

    /// <summary>What happened, one line a step.</summary>
    public List<string> Trace { get; } = [];

    public IEnumerable<UploadHour> TooLarge =>
        _rows.Where(hour => hour.Value.Count > LargestAnswer).Select(hour => hour.Key);

    public IReadOnlyList<string> Content(UploadHour hour, DateTimeOffset at) =>
        [.. _rows.GetValueOrDefault(hour, []).Where(row => row.Visible <= at).Select(row => row.Uuid)];

    /// <summary>A request begins: it may be for no unsafe hour, for no hour that is settled, and be the fourth at most.</summary>
    public void Begin(Slice slice)
    {
        Requests++;
        _open++;
        Trace.Add($"ask {slice.Hours}");
        Assert.InRange(_open, 1, 4);
        var now = Clock.GetUtcNow();
        foreach (var hour in slice.Hours.Hours())
        {
            Assert.True(Published(hour) <= now, $"{hour} is asked for at {now}.");
            Assert.True(
                Again || _ledger[hour]?.State is not (HourState.Confirmed or HourState.TooLarge),
                $"{hour} is asked for, but it is {_ledger[hour]?.State}."
            );
        }
    }

    public void End() => _open--;

    public void Serve(UploadHour hour, IReadOnlyList<string> rows) =>
        (_served.TryGetValue(hour, out var served) ? served : _served[hour] = []).Add(string.Join(' ', rows.Order()));

    /// <summary>Committed = coverage = rows, and every hour is one that was served as a whole.</summary>
    public void Check(Coverage ledger, ILookup<UploadHour, string> rows)
    {
        _ledger = ledger;
        Assert.DoesNotContain(rows, hour => !ledger.Holds(hour.Key));
        foreach (var record in ledger.Records.Where(record => record.State.IsLoaded()))
        {
            Assert.Equal(record.Tally.Rows, rows[record.Hour].Count());
            Assert.Contains(string.Join(' ', rows[record.Hour].Order()), _served[record.Hour]);
        }
    }

    /// <summary>After a run in which nothing went wrong, no published hour is missing.</summary>
    public void CheckProgress()
    {
        var published = Hours.Hours().Where(hour => Published(hour) <= Clock.GetUtcNow());
        Assert.All(
            published,
            hour => Assert.True(_ledger.Holds(hour) || TooLarge.Contains(hour), $"{hour} is {_ledger[hour]?.State}.")
        );
    }

    /// <summary>All that can be had is there and final.</summary>
    public void CheckEnd(ILookup<UploadHour, string> rows)
    {
        foreach (var hour in Hours.Hours())
        {
            var tooLarge = TooLarge.Contains(hour);
            Assert.Equal(tooLarge ? HourState.TooLarge : HourState.Confirmed, _ledger[hour]?.State);
            Assert.Equal(tooLarge ? [] : Content(hour, DateTimeOffset.MaxValue).Order(), rows[hour].Order());
        }

        Assert.Equal(0, Held);
    }

    private int Rows() => Dice.Next(4);

    private DateTimeOffset Published(UploadHour hour) => hour.Start + Availability.Lag;

    /// <summary>Most rows are there when the hour is published, some later, all before it counts as final.</summary>
    private DateTimeOffset Visible(UploadHour hour) =>
        Published(hour) + (Dice.Next(8) == 0 ? TimeSpan.FromMinutes(Dice.Next(1, 24 * 60)) : TimeSpan.Zero);
}
