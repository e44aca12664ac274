using Waveguide.Http;

namespace Waveguide.Amplitude.Tables;

/// <summary>Reads one table of a project, other than the events. Safe for concurrent use.</summary>
internal interface ITableReader
{
    Table Table { get; }

    /// <summary>Brings the slice's rows to disk, whole.</summary>
    /// <param name="place">Where the parts' files go.</param>
    /// <exception cref="SourceException">It cannot be had whole.</exception>
    Task<TableAnswer> ReadAsync(Slice slice, SpoolFolder.Place place, CancellationToken cancellationToken);
}

/// <param name="Parts">In the order of hour, then name.</param>
internal sealed record TableAnswer(IReadOnlyList<FetchedPart> Parts)
{
    /// <inheritdoc cref="FetchedSlice.Archive"/>
    public string? Archive { get; init; }

    /// <inheritdoc cref="FetchedSlice.Kept"/>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <inheritdoc cref="FetchedSlice.Notices"/>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <inheritdoc cref="FetchedSlice.Lacking"/>
    public SourceException? Lacking { get; init; }

    /// <inheritdoc cref="FetchedSlice.Committed"/>
    public Action Committed { get; init; } = () => { };
}
