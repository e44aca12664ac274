namespace Waveguide.Destinations.Erasing;

/// <summary>A user whose rows were erased from a destination.</summary>
/// <param name="Rows">Rows and quarantined lines that were erased; what a later load left out is not counted.</param>
internal sealed record ErasedUser(string Project, long AmplitudeId, DateTimeOffset ErasedAt, long Rows);
