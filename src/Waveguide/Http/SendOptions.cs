namespace Waveguide.Http;

/// <summary>How patiently, and how often at once, a service is asked.</summary>
public sealed record SendOptions
{
    /// <summary>Requests at once: 4 by default, one less than Amplitude allows a project (Dashboard REST API, limits).</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Attempts at one request before it counts as failed: 6 by default.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first failed attempt, doubled by each further one: 2 seconds by default.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts, whatever the service asks for: 5 minutes by default.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer may take to begin: 10 minutes by default, for archives are built before they are sent.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an answer may stand still once it has begun: 2 minutes by default.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(2);
}
