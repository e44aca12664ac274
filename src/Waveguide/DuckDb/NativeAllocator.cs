using System.Runtime.InteropServices;

namespace Waveguide.DuckDb;

/// <summary>jemalloc, which DuckDB's engine for Linux has inside; the engines for other systems use the system's allocator.</summary>
internal static unsafe class NativeAllocator
{
    /// <summary>
    /// Memory that DuckDB frees goes back to the system after a tenth of a second. jemalloc would wait for ten, in which
    /// the blocks of a load or a checkpoint, of many sizes, leave twice behind what DuckDB's memory limit allows.
    /// </summary>
    private const nint DecayMilliseconds = 100;

    /// <param name="engine">The library, just loaded.</param>
    internal static void ReturnMemorySoon(nint engine)
    {
        if (!NativeLibrary.TryGetExport(engine, "duckdb_je_mallctl", out nint export))
        {
            return;
        }
        var control = (delegate* unmanaged[Cdecl]<byte*, void*, nuint*, void*, nuint, int>)export;
        // For arenas that are made later, and for the one that is there as soon as the library is loaded.
        foreach (string arenas in new[] { "arenas", "arena.0" })
        {
            Set(control, $"{arenas}.dirty_decay_ms");
            Set(control, $"{arenas}.muzzy_decay_ms");
        }
    }

    private static void Set(delegate* unmanaged[Cdecl]<byte*, void*, nuint*, void*, nuint, int> control, string name)
    {
        nint decay = DecayMilliseconds;
        fixed (byte* text = NativeText.Terminated(name))
        {
            control(text, null, null, &decay, (nuint)sizeof(nint));
        }
    }
}
