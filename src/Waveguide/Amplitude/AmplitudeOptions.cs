using Waveguide.Amplitude.Profiles;
using Waveguide.Amplitude.Series;
using Waveguide.Diagnostics;
using Waveguide.Http;

namespace Waveguide.Amplitude;

/// <summary>One Amplitude project and how to ask it.</summary>
public sealed record AmplitudeOptions
{
    /// <summary>The name under which the project's rows and hours are kept.</summary>
    public required string Project { get; init; }

    public required Secret ApiKey { get; init; }

    public required Secret SecretKey { get; init; }

    /// <summary>The US region by default.</summary>
    public AmplitudeRegion Region { get; init; } = AmplitudeRegion.Us;

    /// <summary>Takes the place of every Amplitude host, for proxies and tests; null by default.</summary>
    public Uri? Url { get; init; }

    /// <summary>Ids of the cohorts whose members are wanted; empty, as by default: all that are not archived.</summary>
    public IReadOnlyList<string> Cohorts { get; init; } = [];

    public ActiveUsersOptions ActiveUsers { get; init; } = new();

    /// <summary>Null, as by default: Amplitude's own nine buckets.</summary>
    public SessionLengthBins? SessionLengths { get; init; }

    public ProfileOptions Profiles { get; init; } = new();

    public SendOptions Send { get; init; } = new();

    /// <summary>Folder for archives on their way: a folder below the system's temporary one by default.</summary>
    public string SpoolFolder { get; init; } = Path.Combine(Path.GetTempPath(), "waveguide-spool");

    internal Uri RestHost => Url ?? Region.Rest;
}
