namespace Waveguide;

public sealed record PipelineOptions
{
    public Availability Availability { get; init; } = new();

    public ScanLimits Limits { get; init; } = new();

    public Privacy Privacy { get; init; } = Privacy.None;

    /// <summary>
    /// Slices that are being fetched, or wait on disk, while one is loaded: 4 by default, one less than the requests
    /// that Amplitude allows at once (Dashboard REST API, limits).
    /// </summary>
    public int FetchAhead { get; init; } = 4;
}
