namespace Waveguide.Simulator.Tables;

/// <summary>What the questions of one project to the Dashboard REST API may cost.</summary>
internal sealed class DashboardCost(TimeProvider clock)
{
    private readonly RateLimit _minutes = new(1_000, TimeSpan.FromMinutes(5), clock);
    private readonly RateLimit _hour = new(108_000, TimeSpan.FromHours(1), clock);

    public bool Allows(int cost) => _hour.Allows(cost) && _minutes.Allows(cost);

    /// <summary>What a question is told that costs too much now.</summary>
    public static string Refusal(int cost) =>
        $"Exceeded the query cost limit: this query costs {cost}, and 1000 are allowed in 5 minutes, 108000 in an hour";
}
