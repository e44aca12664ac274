namespace Waveguide.Cli.Output;

/// <summary>Where a table of a project stands: what is wanted, and what the ledger has of it.</summary>
internal sealed record Standing(string Project, Table Table, HourRange Wanted, Coverage Coverage, DateTimeOffset Now)
{
    /// <summary>The newest hour that Amplitude has published.</summary>
    public required UploadHour Newest { get; init; }

    public IEnumerable<HourRecord?> Records => Wanted.Hours().Select(hour => Coverage[hour]);

    public HourTally Tally =>
        Records.OfType<HourRecord>().Aggregate(default(HourTally), (sum, record) => sum + record.Tally);

    public IReadOnlyList<HourRange> Gaps => Coverage.Gaps(Wanted);

    /// <summary>The end of the hours that are loaded without a gap from the first wanted one on.</summary>
    public UploadHour CompleteUntil => Gaps.Count == 0 ? Wanted.Until : Gaps[0].From;

    /// <summary>From the start of the newest hour that is loaded without a gap before it, to the present hour.</summary>
    public TimeSpan Lag => TimeSpan.FromHours(UploadHour.Of(Now) - CompleteUntil + 1);

    public int Count(HourState state) => Records.Count(record => record?.State == state);

    public int Missing => Records.Count(record => record is null);

    public int Empty => Records.Count(record => record is { Tally.Rows: 0 } && record.State.IsLoaded());
}
