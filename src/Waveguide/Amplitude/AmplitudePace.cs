using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>How fast Amplitude may be asked, by its published limits. Safe for concurrent use.</summary>
internal sealed class AmplitudePace(TimeProvider clock) : IDisposable
{
    public TimeProvider Clock => clock;

    /// <summary>60 requests in 10 minutes (Behavioral Cohorts API, "Limits").</summary>
    public SlidingWindow Cohorts { get; } = new(60, TimeSpan.FromMinutes(10), clock);

    /// <summary>7,200 in an hour, each reading request costing 1 (Taxonomy API, "Limits").</summary>
    public SlidingWindow Taxonomy { get; } = new(7_200, TimeSpan.FromHours(1), clock);

    /// <summary>One request a second (User Privacy API, "Limits").</summary>
    public SlidingWindow Deletions { get; } = new(1, TimeSpan.FromSeconds(1), clock);

    public void Dispose()
    {
        Cohorts.Dispose();
        Taxonomy.Dispose();
        Deletions.Dispose();
    }
}
