namespace Waveguide.Cli.Output;

/// <summary>Where a table of a project stands: what is wanted, and what the ledger has of it.</summary>
internal sealed record Standing(string Project, Table Table, HourRange Wanted, Coverage Coverage)
{
    /// <summary>When this was so.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The newest hour that Amplitude has published; of a daily table, the midnight of the newest day.</summary>
    public required UploadHour Newest { get; init; }

    public required Availability Availability { get; init; }

    public string Label => RunText.Label(Project, Table);

    public TableKind Kind => Table.Kind;

    /// <summary>One for each wanted hour; of a daily table for each day, whose hours are always in the same state.</summary>
    public IEnumerable<HourRecord?> Records =>
        Wanted.Hours().Where(hour => Kind != TableKind.Daily || hour == hour.Midnight).Select(hour => Coverage[hour]);

    public HourTally Tally => HourTally.Sum(Records.OfType<HourRecord>().Select(record => record.Tally));

    public IReadOnlyList<HourRange> Gaps { get; } = Coverage.Gaps(Wanted);

    /// <summary>The end of the hours that are loaded without a gap from the first wanted one on.</summary>
    public UploadHour CompleteUntil => Gaps.Count == 0 ? Wanted.Until : Gaps[0].From;

    /// <summary>From the start of the newest hour, or day, that is loaded without a gap before it, to the present one.</summary>
    public TimeSpan Lag =>
        Kind == TableKind.Daily
            ? TimeSpan.FromDays(((Availability.Today(Now) - CompleteUntil) / 24) + 1)
            : TimeSpan.FromHours(UploadHour.Of(Now) - CompleteUntil + 1);

    public int Missing => Records.Count(record => record is null);

    public int Empty => Records.Count(record => record is { Tally.Rows: 0 } && record.State.IsLoaded());

    public int Count(HourState state) => Records.Count(record => record?.State == state);

    /// <summary>Every project and table, in the order of the configuration.</summary>
    /// <exception cref="ConfigurationException">The scope ends before it begins.</exception>
    public static async Task<IReadOnlyList<Standing>> ReadAsync(
        Session session,
        IDestination destination,
        RunScope scope,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var standings = new List<Standing>();
        var (now, availability) = (clock.GetUtcNow(), session.Settings.Availability);
        foreach (var project in session.Settings.Projects)
        {
            foreach (var table in session.Tables)
            {
                var coverage = await destination.CoverageAsync(project.Name, table, cancellationToken);
                var wanted = scope.Request(project, coverage, now).Wanted(availability, now, table.Kind);
                standings.Add(
                    new Standing(project.Name, table, wanted, coverage)
                    {
                        Now = now,
                        Newest = availability
                            .SafeUntil(now, table.Kind)
                            .AddHours(table.Kind == TableKind.Daily ? -24 : -1),
                        Availability = availability,
                    }
                );
            }
        }

        return standings;
    }
}
