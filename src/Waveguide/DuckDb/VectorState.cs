using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>Where one output column's values go; refreshed before each chunk, so that a writer stays good for a reader's life.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VectorState
{
    internal const int StringWidth = 16;
    internal const int MaxInline = 12;
    internal const int MaxQuickCopy = 4096;

    /// <summary>Null until a value of the chunk is NULL.</summary>
    internal ulong* Validity;
    internal byte* Data;
    internal nint Vector;
    internal int Capacity;
    internal int Width;

    /// <summary>The row whose text was last stored outside the column's 16 bytes; -1 if there is none.</summary>
    internal int LastLong;

    internal void Refresh(nint vector, int capacity)
    {
        Vector = vector;
        Data = (byte*)NativeMethods.duckdb_vector_get_data(vector);
        Validity = NativeMethods.duckdb_vector_get_validity(vector);
        Capacity = capacity;
        LastLong = -1;
    }

    /// <summary>Makes the mask, all valid, if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void EnsureValidity()
    {
        if (Validity is null)
        {
            NativeMethods.duckdb_vector_ensure_validity_writable(Vector);
            Validity = NativeMethods.duckdb_vector_get_validity(Vector);
        }
    }

    internal static int WidthOf(DuckDbType type) =>
        type switch
        {
            DuckDbType.Boolean => 1,
            DuckDbType.Integer or DuckDbType.Date => 4,
            DuckDbType.Varchar or DuckDbType.Json or DuckDbType.Blob or DuckDbType.Uuid => StringWidth,
            _ => 8,
        };
}
