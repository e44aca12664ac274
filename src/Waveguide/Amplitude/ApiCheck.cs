namespace Waveguide.Amplitude;

/// <summary>What one API answered to its cheapest call.</summary>
/// <param name="Api"><c>export</c>, <c>profiles</c> or <c>dashboard</c>.</param>
/// <param name="Message">What was found, for a person.</param>
public sealed record ApiCheck(string Api, ApiState State, string Message, string? Hint = null);

public enum ApiState
{
    Ok,

    /// <summary>Not offered to this project; what needs it is skipped.</summary>
    NotOffered,

    /// <summary>The keys are refused.</summary>
    Refused,

    /// <summary>No usable answer.</summary>
    Unavailable,
}
