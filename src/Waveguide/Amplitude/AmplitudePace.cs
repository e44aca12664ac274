using System.Collections.Concurrent;
using Waveguide.Amplitude.Series;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>
/// How fast Amplitude may be asked, by its published limits. One for all projects of a run, for some limits are those of
/// the whole organisation. Safe for concurrent use.
/// </summary>
public sealed class AmplitudePace(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DashboardBudget> _dashboards = new(StringComparer.Ordinal);

    internal TimeProvider Clock => clock;

    /// <summary>The Dashboard REST API's limits are those of each project.</summary>
    internal DashboardBudget Dashboard(string project) =>
        _dashboards.GetOrAdd(project, static (_, clock) => new DashboardBudget(clock), clock);

    /// <summary>Requests for profiles in a minute, of the whole organisation (User Profile API, "Considerations").</summary>
    internal const int ProfilesAMinute = 600;

    internal SlidingWindow Profiles { get; } = new(ProfilesAMinute, TimeSpan.FromMinutes(1), clock);

    /// <summary>60 requests in 10 minutes (Behavioral Cohorts API, "Limits").</summary>
    internal SlidingWindow Cohorts { get; } = new(60, TimeSpan.FromMinutes(10), clock);

    /// <summary>7,200 in an hour, each reading request costing 1 (Taxonomy API, "Limits").</summary>
    internal SlidingWindow Taxonomy { get; } = new(7_200, TimeSpan.FromHours(1), clock);

    /// <summary>One request a second (User Privacy API, "Limits").</summary>
    internal SlidingWindow Deletions { get; } = new(1, TimeSpan.FromSeconds(1), clock);
}
