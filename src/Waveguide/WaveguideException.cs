namespace Waveguide;

/// <summary>A failure that a person is told about: what happened, and what to do next.</summary>
public abstract class WaveguideException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The next step for the reader; null when the message says all.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public virtual bool IsTransient => false;
}

/// <summary>The source could not deliver.</summary>
public sealed class SourceException(SourceFailure failure, string message, Exception? inner = null)
    : WaveguideException(message, inner)
{
    public SourceFailure Failure { get; } = failure;

    /// <summary>How long the source asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public override bool IsTransient =>
        Failure
            is SourceFailure.Unavailable
                or SourceFailure.Unreachable
                or SourceFailure.TooSlow
                or SourceFailure.Damaged;
}

public enum SourceFailure
{
    /// <summary>No usable answer: network, limits, the service's own faults.</summary>
    Unavailable,

    /// <summary>No connection at all: an address that is wrong, a network that is away.</summary>
    Unreachable,

    /// <summary>An answer that is not whole: cut, altered, or not an archive at all.</summary>
    Damaged,

    /// <summary>The range is over the source's size limit.</summary>
    TooLarge,

    /// <summary>The source gave up, or took longer than we wait; a narrower range may do.</summary>
    TooSlow,

    /// <summary>The credentials were refused; nothing else will work either.</summary>
    Refused,

    /// <summary>The service does not accept the question as it is; asked again it will not either.</summary>
    NotAccepted,

    /// <summary>The project's plan or region does not have this table; the others are not concerned.</summary>
    NotOffered,

    /// <summary>More lines than allowed are not JSON objects.</summary>
    TooManyRejected,

    /// <summary>No room, or no right, to keep the files on this machine's disk.</summary>
    NoSpool,
}

/// <summary>The destination could not be reached, opened or written.</summary>
public sealed class DestinationException(string message, Exception? inner = null) : WaveguideException(message, inner);

/// <summary>What the user asked for cannot be done as asked.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null)
    : WaveguideException(message, inner);
