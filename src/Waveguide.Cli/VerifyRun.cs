using Waveguide.Cli.Configuration;
using Waveguide.Cli.Output;
using Waveguide.Destinations.DuckDb;

namespace Waveguide.Cli;

/// <summary>Exports hours once more, into a warehouse beside the real one, and compares the two.</summary>
internal sealed class VerifyRun(Session session, IDestination destination, IVerifyView view)
{
    /// <returns>Whether anything differs.</returns>
    /// <exception cref="SourceException">Hours cannot be had from Amplitude.</exception>
    public async Task<bool> RunAsync(Standing standing, HourChoice choice, CancellationToken cancellationToken)
    {
        view.Begin(standing, choice);
        var project = session.Settings.Projects.Single(project => project.Name == standing.Project);
        session.CheckSource(project);
        using var source = session.OpenSource(project);
        var folder = Directory.CreateTempSubdirectory("waveguide-verify-");
        try
        {
            await using var beside = session.OpenBeside(Path.Combine(folder.FullName, "export.duckdb"));
            await beside.FollowErasedAsync(destination, cancellationToken);
            var (rows, differences) = await CompareAsync(source, beside, standing, choice, cancellationToken);
            var totals = await TotalsAsync(project, standing, choice, cancellationToken);
            view.End(standing, choice, new Verdict(rows, differences, totals.Days, totals.Refusal));
            return differences.Count > 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(long Rows, IReadOnlyList<RowDifference> Differences)> CompareAsync(
        ISource source,
        DuckDbDestination beside,
        Standing standing,
        HourChoice choice,
        CancellationToken cancellationToken
    )
    {
        var comparison = new RowComparison(destination, beside);
        var differences = new List<RowDifference>();
        long rows = 0;
        var hours = HourRange.Gather(choice.Hours);
        foreach (
            var slice in await source.PlanAsync(standing.Table, hours, standing.Coverage.Window, cancellationToken)
        )
        {
            using (var fetched = await source.FetchAsync(slice, content: null, cancellationToken))
            {
                await beside.LoadAsync(new Scan(fetched, session.PipelineOptions, standing.Now), cancellationToken);
            }

            var compared = await comparison.CompareAsync(slice, cancellationToken);
            rows += compared.Rows;
            differences.AddRange(compared.Differences);
            await beside.ForgetAsync(slice, cancellationToken);
        }

        return (rows, [.. differences.GroupBy(one => (one.Day, one.EventType)).Select(Sum).OrderBy(one => one.Day)]);
    }

    private static RowDifference Sum(IGrouping<(DateOnly Day, string EventType), RowDifference> group) =>
        new(
            group.Key.Day,
            group.Key.EventType,
            group.Sum(one => one.Missing),
            group.Sum(one => one.Extra),
            group.Sum(one => one.Altered)
        );

    /// <summary>The days that are loaded from end to end, beside Amplitude's own count of them.</summary>
    private async Task<(IReadOnlyList<DayTotal> Days, string? Refusal)> TotalsAsync(
        ProjectSettings project,
        Standing standing,
        HourChoice choice,
        CancellationToken cancellationToken
    )
    {
        var days = choice
            .Hours.Select(hour => hour.Midnight)
            .Distinct()
            .Where(day => new HourRange(day, day.AddHours(24)).Hours().All(standing.Coverage.Holds))
            .Select(day => DateOnly.FromDateTime(day.Start))
            .ToList();
        if (days.Count == 0 || session.Settings.Bucket is not null)
        {
            return ([], null);
        }

        try
        {
            using var dashboard = session.OpenAmplitude(project, once: true);
            var theirs = await dashboard.DailyTotalsAsync(days[0], days[^1], cancellationToken);
            var ours = await CountAsync(standing, cancellationToken);
            return (
                [
                    .. days.Where(theirs.ContainsKey)
                        .Select(day => new DayTotal(day, ours.GetValueOrDefault(day), theirs[day])),
                ],
                null
            );
        }
        catch (SourceException reason)
        {
            return ([], reason.Message);
        }
    }

    private async Task<Dictionary<DateOnly, long>> CountAsync(Standing standing, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT date_trunc('day', coalesce(event_time, _upload_hour))::TIMESTAMP, count(*)
            FROM amplitude.events WHERE _project = $1 GROUP BY 1
            """;
        await using var result = await destination.QueryAsync(Sql, [standing.Project], cancellationToken);
        return await result
            .RowsAsync(cancellationToken)
            .ToDictionaryAsync(
                row => DateOnly.FromDateTime((DateTime)row[0]!),
                row => (long)row[1]!,
                cancellationToken: cancellationToken
            );
    }
}
