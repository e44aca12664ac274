namespace Waveguide.Cli.Configuration;

/// <summary>Where Amplitude keeps a project's data. It is chosen when the project is created and never changes.</summary>
internal enum DataRegion
{
    Us,
    Eu,
}
