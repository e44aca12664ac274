namespace Waveguide.Cli;

/// <summary>What the process tells its caller (design.md 7).</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some slices failed; the rest is committed.</summary>
    public const int SomeFailed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Amplitude refused the credentials.</summary>
    public const int Refused = 3;

    /// <summary>The destination, or the disk on the way to it, cannot be used.</summary>
    public const int Destination = 4;

    /// <summary>Stopped by the user; what was committed stays.</summary>
    public const int Interrupted = 130;

    public static int Of(Exception failure) =>
        failure switch
        {
            ConfigurationException => Usage,
            SourceException { Failure: SourceFailure.Refused } => Refused,
            SourceException { Failure: SourceFailure.NoSpool } => Destination,
            DestinationException or IOException or UnauthorizedAccessException => Destination,
            OperationCanceledException => Interrupted,
            _ => SomeFailed,
        };
}
