namespace Waveguide.Cli.Destinations;

/// <summary>Where one run reads and writes.</summary>
internal abstract class DestinationPlace
{
    /// <summary>What reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether anything was ever loaded there.</summary>
    /// <exception cref="DestinationException">It cannot be reached.</exception>
    public abstract Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <param name="verb">Who writes, as others are told who find it in use.</param>
    /// <exception cref="DestinationException">It cannot be opened, is in use, or a newer Waveguide wrote it.</exception>
    public abstract Task<IDestination> OpenToWriteAsync(string verb, CancellationToken cancellationToken);

    /// <exception cref="DestinationException">It is not there, is in use, or a newer Waveguide wrote it.</exception>
    public abstract Task<IDestination> OpenToReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes something and takes it away again.</summary>
    /// <returns>What was found, in a few words.</returns>
    /// <exception cref="DestinationException">It cannot be written.</exception>
    public abstract Task<string> TryAsync(CancellationToken cancellationToken);
}
