namespace Waveguide.Tests.Faults;

public enum RunKind
{
    FirstSync,

    /// <summary>After a run that was interrupted.</summary>
    Resume,

    /// <summary>All hours are loaded, and due to be read once more.</summary>
    SecondLook,

    /// <summary><c>backfill --again</c> over hours that are loaded.</summary>
    LoadAgain,
}
