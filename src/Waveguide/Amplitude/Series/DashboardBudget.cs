using Waveguide.Http;

namespace Waveguide.Amplitude.Series;

/// <summary>
/// What the questions of one project may cost: 1,000 in 5 minutes and 108,000 in an hour, where a question costs its days
/// x its conditions x the cost of its type (Dashboard REST API, "Endpoint costs"). Safe for concurrent use.
/// </summary>
internal sealed class DashboardBudget(TimeProvider clock)
{
    /// <summary>What a question costs that is about no days, such as the list of events.</summary>
    public const int Least = 1;

    private readonly SlidingWindow _minutes = new(1_000, TimeSpan.FromMinutes(5), clock);
    private readonly SlidingWindow _hour = new(108_000, TimeSpan.FromHours(1), clock);

    /// <summary>Waits until there is room for a question of this cost in both periods.</summary>
    /// <returns>To be disposed when the answer is there.</returns>
    public async Task<IDisposable> EnterAsync(int cost, CancellationToken cancellationToken)
    {
        var hour = await _hour.EnterAsync(cost, cancellationToken);
        try
        {
            return new Turn(hour, await _minutes.EnterAsync(cost, cancellationToken));
        }
        catch
        {
            hour.Dispose();
            throw;
        }
    }

    private sealed class Turn(IDisposable hour, IDisposable minutes) : IDisposable
    {
        public void Dispose()
        {
            minutes.Dispose();
            hour.Dispose();
        }
    }
}
