namespace Waveguide;

/// <summary>Decides from the coverage alone what a run sets out to do. Asks the source for no data.</summary>
public sealed class Planner(ISource source, Availability availability, TimeProvider clock)
{
    public async Task<Plan> PlanAsync(
        Table table,
        RunRequest request,
        Coverage coverage,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var wanted = request.Wanted(availability, now, table.Kind);
        if (table.Kind == TableKind.Snapshot)
        {
            return Snapshot(table, request, coverage, wanted, now);
        }

        var missing = request.Again ? coverage.Gaps(wanted) : coverage.Missing(wanted);
        var again = request.Again
            ? HourRange.Gather(wanted.Hours().Where(coverage.Holds))
            : coverage.DueForSecondLook(wanted, now, availability, table.Kind);
        var hours = HourRange.Gather(missing.Concat(again).SelectMany(range => range.Hours()));
        var window = new Window(coverage.Window).Hours;
        var slices = await source.PlanAsync(table, hours, window, cancellationToken);
        return new Plan(wanted, missing, again, slices) { Kind = table.Kind };
    }

    /// <summary>The whole table, once, unless what is there is young enough.</summary>
    private Plan Snapshot(Table table, RunRequest request, Coverage coverage, HourRange wanted, DateTimeOffset now)
    {
        var newest = coverage.Newest;
        return newest is not null && newest.At + availability.SnapshotAge > now && !request.Again
            ? new Plan(wanted, [], [], []) { Kind = table.Kind }
            : new Plan(wanted, [wanted], [], [new Slice(source.Project, table, wanted) { Held = newest?.Parts ?? [] }])
            {
                Kind = table.Kind,
            };
    }
}
