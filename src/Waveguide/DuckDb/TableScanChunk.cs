using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>The rows a reader fills; good only inside <see cref="TableScanReader.Read"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly unsafe struct TableScanChunk
{
    private readonly VectorState* _columns;

    internal TableScanChunk(VectorState* columns, int columnCount, int capacity)
    {
        _columns = columns;
        ColumnCount = columnCount;
        Capacity = capacity;
    }

    /// <summary>For readers whose rows nobody asks for.</summary>
    internal static TableScanChunk WithoutColumns(int capacity) => new(null, 0, capacity);

    /// <summary>Rows that fit: 2,048.</summary>
    public int Capacity { get; }

    /// <summary>The projected columns only.</summary>
    public int ColumnCount { get; }

    /// <param name="projected">Position in the list <see cref="TableScan.OpenReader"/> was given, not in the scan's columns.</param>
    public VectorWriter this[int projected]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                (uint)projected,
                (uint)ColumnCount,
                nameof(projected)
            );
            return new VectorWriter(_columns + projected);
        }
    }

    /// <summary>Makes every value of every column NULL until it is set.</summary>
    public void InvalidateAll()
    {
        for (int column = 0; column < ColumnCount; column++)
        {
            new VectorWriter(_columns + column).InvalidateAll();
        }
    }
}
