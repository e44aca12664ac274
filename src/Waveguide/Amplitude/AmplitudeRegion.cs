namespace Waveguide.Amplitude;

/// <summary>Where a project's data lives, and the hosts that serve it (Export API and User Profile API, "Endpoints").</summary>
/// <param name="Profiles">Host of the User Profile API; null where it is not offered.</param>
public sealed record AmplitudeRegion(string Name, Uri Rest, Uri? Profiles)
{
    public static AmplitudeRegion Us { get; } =
        new("us", new Uri("https://amplitude.com"), new Uri("https://profile-api.amplitude.com"));

    public static AmplitudeRegion Eu { get; } =
        new("eu", new Uri("https://analytics.eu.amplitude.com"), Profiles: null);

    /// <summary>The region to try when the keys are refused in this one.</summary>
    public AmplitudeRegion Other => this == Us ? Eu : Us;
}
