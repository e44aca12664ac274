using Waveguide.Amplitude.Series;

namespace Waveguide.Cli.Configuration;

/// <summary>What was said about tables other than events.</summary>
internal sealed record TableOptions
{
    /// <summary>Empty: not said.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }

    /// <summary>Full path; null: not said.</summary>
    public required string? UserFile { get; init; }

    public required TimeSpan ActiveWithin { get; init; }

    public required bool Properties { get; init; }

    public required bool CohortIds { get; init; }

    public required bool Computations { get; init; }

    public required IReadOnlyList<string> Recommendations { get; init; }

    public required string? RecommendationType { get; init; }

    public required IReadOnlyList<string> Predictions { get; init; }

    public required string? PropensityType { get; init; }

    /// <summary>Empty: all.</summary>
    public required IReadOnlyList<string> MemberCohorts { get; init; }

    public required ActiveUsersOptions ActiveUsers { get; init; }

    /// <summary>Null: Amplitude's own.</summary>
    public required SessionLengthBins? SessionLengths { get; init; }
}
