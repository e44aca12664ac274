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
        var wanted = request.Wanted(availability, now);
        var missing = request.Again ? coverage.Gaps(wanted) : coverage.Missing(wanted);
        var again = request.Again
            ? HourRange.Gather(wanted.Hours().Where(coverage.Holds))
            : coverage.DueForSecondLook(wanted, now, availability);
        var hours = HourRange.Gather(missing.Concat(again).SelectMany(range => range.Hours()));
        var window = new Window(coverage.Window).Hours;
        return new Plan(wanted, missing, again, await source.PlanAsync(table, hours, window, cancellationToken));
    }
}
