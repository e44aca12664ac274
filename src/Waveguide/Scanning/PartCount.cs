using Waveguide.DuckDb;

namespace Waveguide.Scanning;

/// <summary>Reads parts to their ends without keeping a row: to prove them, or for what is counted on the way.</summary>
internal static class PartCount
{
    /// <summary>Rows between two looks at whether the reading is cancelled.</summary>
    private const int Rows = 2_048;

    /// <param name="parts">Parts of one hour stand together.</param>
    /// <exception cref="SourceException">A part is not what was verified any more, or too many lines are no rows.</exception>
    public static Task RunAsync(
        SliceContent content,
        IReadOnlyList<FetchedPart> parts,
        CancellationToken cancellationToken
    ) => RunAsync(new SliceScan(content, parts, loadedAt: default), cancellationToken);

    /// <summary>Proves parts that were just fetched.</summary>
    /// <param name="parts">In the order of hour, then name.</param>
    /// <param name="content">Where to count what they hold; null: nowhere.</param>
    /// <exception cref="InvalidDataException">A part is not whole, or would expand beyond measure.</exception>
    /// <exception cref="SourceException">Too many lines are no rows.</exception>
    public static async Task ProveAsync(
        IReadOnlyList<FetchedPart> parts,
        SliceContent? content,
        CancellationToken cancellationToken
    )
    {
        if (content is null)
        {
            await Parallel.ForEachAsync(parts, cancellationToken, Prove);
            return;
        }

        content.Clear();
        var reading = new SliceScan(content, parts, loadedAt: default) { IsProven = false };
        await RunAsync(reading, cancellationToken);
        content.IsWhole = true;
    }

    private static Task RunAsync(SliceScan reading, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            Math.Min(reading.MaxThreads, Environment.ProcessorCount),
            cancellationToken,
            (_, token) =>
            {
                var none = new int[LandedColumns.Of(reading.Table).Count];
                Array.Fill(none, -1);
                using var reader = new SliceReader(reading, none);
                while (reader.Read(TableScanChunk.WithoutColumns(Rows)) > 0)
                {
                    token.ThrowIfCancellationRequested();
                }

                return ValueTask.CompletedTask;
            }
        );

    private static ValueTask Prove(FetchedPart part, CancellationToken cancellationToken)
    {
        try
        {
            using var json = PartStream.OpenUnproven(part);
            var buffer = new byte[Math.Clamp(part.Length * 16, 64, 1 << 17)];
            while (json.Read(buffer) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return ValueTask.CompletedTask;
        }
        catch (InvalidDataException reason)
        {
            throw PartStream.Damaged(part, reason);
        }
    }
}
