namespace Waveguide.Simulator;

/// <summary>One request as it came in.</summary>
/// <param name="Path">Path without the query.</param>
/// <param name="Start">First hour, the text as sent; null if absent.</param>
/// <param name="End">Last hour, included, the text as sent; null if absent.</param>
/// <param name="Project">API key of the project whose credentials were good; null if none.</param>
/// <param name="Status">Status given; 0 while there is none.</param>
public sealed record SimulatedRequest(string Path, string? Start, string? End, string? Project, int Status);
