namespace Waveguide;

/// <summary>Where tables come from: one Amplitude project. Safe for concurrent use.</summary>
public interface ISource : IDisposable
{
    /// <summary>The project's name, under which its rows and hours are kept.</summary>
    string Project { get; }

    IReadOnlyList<Table> Tables { get; }

    /// <summary>
    /// Cuts the wanted hours into slices, without asking the source for data. Hours that the source does not have yet may
    /// be left out; they stay missing.
    /// </summary>
    /// <param name="window">Hours in the widest slice.</param>
    ValueTask<IReadOnlyList<Slice>> PlanAsync(
        Table table,
        IReadOnlyList<HourRange> wanted,
        int window,
        CancellationToken cancellationToken
    );

    /// <summary>Brings a slice to disk and verifies it whole.</summary>
    /// <param name="content">
    /// Where to count what the parts hold, if the source reads them to verify them; null: they are not to be counted.
    /// </param>
    /// <exception cref="SourceException">It could not be had whole; nothing of it stays on disk.</exception>
    Task<FetchedSlice> FetchAsync(Slice slice, SliceContent? content, CancellationToken cancellationToken);
}
