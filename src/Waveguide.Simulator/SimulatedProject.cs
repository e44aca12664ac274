using Waveguide.Simulator.Tables;

namespace Waveguide.Simulator;

/// <summary>A project: one pair of keys, good at the address of its region only.</summary>
public sealed record SimulatedProject
{
    public required string ApiKey { get; init; }

    public required string SecretKey { get; init; }

    public SimulatedRegion Region { get; init; }

    /// <summary>What its exports hold; it takes uploads if this is <see cref="ReceivedEvents"/>.</summary>
    public required IExportData Data { get; init; }

    /// <summary>By which the Dashboard REST API cuts days. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether the counts of the Dashboard REST API are open to these keys. Default true.</summary>
    public bool HasDashboard { get; init; } = true;

    /// <summary>Event types of <c>/api/2/events/list</c>. Default: those of the generated traffic.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = GeneratedTraffic.EventTypes;

    /// <summary>What it holds beside events. Default nothing, and no taxonomy.</summary>
    public SimulatedTables Tables { get; init; } = new();

    /// <summary>User ids that the User Profile API knows beside those of its rows. Default none.</summary>
    public IReadOnlyCollection<string> Users { get; init; } = [];

    /// <summary>Whether the User Profile API is part of the plan. Default true.</summary>
    public bool HasProfiles { get; init; } = true;

    /// <summary>Whether the User Profile API takes the API key and not, as its page says, the secret key. Default false.</summary>
    public bool ProfilesTakeApiKey { get; init; }
}

public enum SimulatedRegion
{
    Us,
    Eu,
}
