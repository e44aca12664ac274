namespace Waveguide.Destinations.Erasing;

/// <summary>A destination from which users can be erased, for their privacy.</summary>
public interface IErasable
{
    /// <summary>Finds what there is of the users whom <c>amplitude.deletions</c> names; changes nothing.</summary>
    /// <param name="statuses">Of the deletion jobs that count: staging, submitted, done.</param>
    /// <exception cref="ConfigurationException">The deletion jobs were never loaded.</exception>
    Task<ErasureReport> FindDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken);

    /// <summary>
    /// Erases what <see cref="FindDeletedAsync"/> finds, and notes the users in <c>waveguide.erased</c>: what is loaded
    /// later leaves their rows out. A call that fails has erased whole what the destination commits at once, and the next
    /// one goes on from there.
    /// </summary>
    /// <returns>What went.</returns>
    /// <inheritdoc cref="FindDeletedAsync"/>
    Task<ErasureReport> EraseDeletedAsync(IReadOnlyList<string> statuses, CancellationToken cancellationToken);
}
