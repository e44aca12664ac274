namespace Waveguide.Scanning;

/// <summary>A scan under a name that SQL can read.</summary>
public sealed class ScanRelation : IDisposable
{
    private readonly Scan _scan;
    private readonly Action _close;

    internal ScanRelation(Scan scan, IReadOnlyList<FetchedPart> parts, long number, Action close)
    {
        _scan = scan;
        _close = close;
        Sql = $"waveguide_scan({number})";
        Reading = new SliceScan(scan.Content, parts, scan.LoadedAt);
    }

    /// <summary>What to write after FROM.</summary>
    public string Sql { get; }

    /// <summary>
    /// Rows that the last reading delivered before it met an earlier row with the same key, in another part; to be
    /// removed before the slice is committed.
    /// </summary>
    public IReadOnlyList<(string Part, long Line)> Displaced => Reading.Displaced;

    internal SliceScan Reading { get; }

    /// <summary>To be called before each statement that reads the relation.</summary>
    public void Restart()
    {
        _scan.Content.Clear();
        Reading.Restart();
    }

    public void Dispose() => _close();
}
