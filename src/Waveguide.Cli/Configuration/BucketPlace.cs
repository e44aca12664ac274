namespace Waveguide.Cli.Configuration;

/// <summary>A bucket to which Amplitude exports.</summary>
/// <param name="Address">As written; not checked here.</param>
/// <param name="Organisation">Amplitude's number of the organisation; null when it was not said.</param>
/// <param name="EmptyAfter">From the start of an hour until it counts as empty.</param>
internal sealed record BucketPlace(string Address, int? Organisation, TimeSpan EmptyAfter);
